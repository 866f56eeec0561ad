package io.vaxel.common.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * The server's database: a bounded pool of connections to a SQLite file or to PostgreSQL, with its
 * schema brought up to date. Safe for any thread; queries block, so they belong on virtual threads.
 *
 * <p>A database that is down or hangs holds a caller for the connection wait and one statement's
 * time at most; what is thrown then is told by {@link StorageFailure}, and is answered with 503.
 * When the database is back, so is everything else.
 */
public final class Database implements AutoCloseable {
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final Transactions transactions;
  private final boolean transactionsOverlap;

  private Database(HikariDataSource pool, boolean transactionsOverlap) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    // Exceptions reach the log: what was bound to a statement, keys among it, must not.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
    this.transactions = new Transactions(jdbi);
    this.transactionsOverlap = transactionsOverlap;
  }

  /**
   * Opens a database with the default settings.
   *
   * @see #open(StorageSettings)
   */
  public static Database open(String url) {
    return open(StorageSettings.of(url));
  }

  /**
   * Opens the database and runs the migrations it lacks. A SQLite file that does not exist is
   * created, readable by its owner alone because it holds access keys.
   *
   * @throws StorageException when the URL is of another kind, the database cannot be opened, or a
   *     migration fails; nothing stays open then
   */
  public static Database open(StorageSettings settings) {
    Engine engine = Engine.of(settings);
    HikariConfig config = engine.pool();
    config.setPoolName("vaxel-storage");
    HikariDataSource pool = null;
    try {
      pool = new HikariDataSource(config);
      engine.migrate(pool);
      return new Database(pool, engine.transactionsOverlap());
    } catch (RuntimeException e) {
      if (pool != null) {
        pool.close();
      }
      throw new StorageException(
          engine.place() + " cannot be opened: " + reasonOf(e) + ". " + engine.advice(), e);
    }
  }

  /** The way to run SQL that is a single statement, or that only reads. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /**
   * Runs a transaction. When it fails because of another transaction, or because the connection
   * broke before the commit, it is begun again on a fresh connection, a few times within a second:
   * the work must not leave a trace outside the database, except by {@link
   * org.jdbi.v3.core.Handle#afterCommit}.
   *
   * @return what the work returns
   * @throws X what the work throws; everything is rolled back then
   */
  public <R, X extends Exception> R inTransaction(HandleCallback<R, X> work) throws X {
    return transactions.run(false, work);
  }

  /**
   * Runs a transaction that returns nothing.
   *
   * @see #inTransaction
   */
  public <X extends Exception> void useTransaction(HandleConsumer<X> work) throws X {
    transactions.run(false, work.asCallback());
  }

  /**
   * Runs a transaction as if no other ran at the same time, for work that looks and then writes
   * what depends on it, where no unique constraint can guard it. Dearer than the others: it may be
   * begun again more often.
   *
   * @see #inTransaction
   */
  public <R, X extends Exception> R inSerializableTransaction(HandleCallback<R, X> work) throws X {
    return transactions.run(transactionsOverlap, work);
  }

  /** Closes every connection; statements that run fail. */
  @Override
  public void close() {
    pool.close();
  }

  /** The innermost message, which is the database's own. */
  private static String reasonOf(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage()).strip();
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }
}
