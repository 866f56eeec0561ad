package io.vaxel.common.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;

/**
 * The server's database: a bounded pool of connections to one SQLite file, with its schema brought
 * up to date. Safe for any thread; queries block, so they belong on virtual threads.
 */
public final class Database implements AutoCloseable {
  private static final String SQLITE = "jdbc:sqlite:";

  /** How long a statement waits for another writer, and a caller for a free connection. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /**
   * Opens the database and runs the migrations it lacks. A SQLite file that does not exist is
   * created, readable by its owner alone because it holds access keys.
   *
   * @param url {@code jdbc:sqlite:PATH}
   * @throws StorageException when the URL is of another kind, the file cannot be opened, or a
   *     migration fails; nothing stays open then
   */
  public static Database open(String url) {
    if (!url.startsWith(SQLITE) || url.startsWith(SQLITE + ":") || url.equals(SQLITE)) {
      throw new StorageException(
          "storage.url must be jdbc:sqlite:PATH with the path of a file, but is " + url);
    }
    Path file = Path.of(url.substring(SQLITE.length()));
    createForOwnerOnly(file);
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(poolOf(url));
    } catch (RuntimeException e) {
      throw new StorageException("The database file " + file + " cannot be opened", e);
    }
    try {
      migrate(pool);
      return new Database(pool);
    } catch (FlywayException e) {
      pool.close();
      throw new StorageException(
          "The database file " + file + " cannot be brought up to date: " + e.getMessage(), e);
    }
  }

  /** The way to run SQL. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** Closes every connection; statements that run fail. */
  @Override
  public void close() {
    pool.close();
  }

  private static HikariConfig poolOf(String url) {
    SQLiteConfig sqlite = new SQLiteConfig();
    // Readers go on while one writes.
    sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // In WAL mode NORMAL would leave the last commits to the page cache: a power cut takes back
    // what a caller was already told is done. FULL syncs the log before a commit returns.
    sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    sqlite.enforceForeignKeys(true);
    sqlite.setBusyTimeout(Math.toIntExact(PATIENCE.toMillis()));
    // A transaction takes the write lock when it begins and waits for it there. Begun as a reader
    // it could not become a writer once somebody else wrote, and would fail instead of waiting.
    sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);

    HikariConfig config = new HikariConfig();
    config.setPoolName("vaxel-storage");
    config.setJdbcUrl(url);
    config.setDataSourceProperties(sqlite.toProperties());
    // SQLite runs inside the calling thread, so more connections than cores only wait for each
    // other; at least two, so that a reader passes a writer that waits for the disk.
    config.setMaximumPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()));
    config.setConnectionTimeout(PATIENCE.toMillis());
    return config;
  }

  private static void migrate(HikariDataSource pool) {
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:db/migration")
        // Blocks are numbered by owner: a lower block gets new scripts after higher ones have run.
        .outOfOrder(true)
        .load()
        .migrate();
  }

  private static void createForOwnerOnly(Path file) {
    if (Files.exists(file)) {
      return;
    }
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      // SQLite gives its log and index files the mode of the database file.
      Files.createFile(file, ownerOnly());
    } catch (IOException e) {
      throw new StorageException("The database file " + file + " cannot be created", e);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }
}
