package io.vaxel.common.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** A kind of database: how its connections are made, limited and migrated. */
sealed interface Engine permits Postgres, Sqlite {
  /**
   * The engine that a URL asks for.
   *
   * @throws StorageException when there is none, or the URL is not one of its URLs
   */
  static Engine of(StorageSettings settings) {
    if (settings.url().startsWith(Sqlite.PREFIX)) {
      return Sqlite.of(settings);
    }
    if (settings.url().startsWith(Postgres.PREFIX)) {
      return Postgres.of(settings);
    }
    String kind = settings.url().replaceFirst("(?s)^([^:]*:[^:]*):.*", "$1:...");
    throw new StorageException(
        "storage.url must be jdbc:sqlite:PATH or jdbc:postgresql://HOST:PORT/NAME, but is "
            + (kind.equals(settings.url()) ? "something else" : kind));
  }

  /** The pool, not yet started. */
  HikariConfig pool();

  /**
   * Brings the schema up to date. Several processes may do it at once.
   *
   * @throws RuntimeException when it cannot be done
   */
  void migrate(HikariDataSource pool);

  /** The database in words, for messages: its place without a secret. */
  String place();

  /** What an operator can do when it cannot be opened. */
  String advice();

  /**
   * Whether transactions see each other's writes only when they ask for isolation. False where one
   * transaction runs at a time anyway.
   */
  boolean transactionsOverlap();
}
