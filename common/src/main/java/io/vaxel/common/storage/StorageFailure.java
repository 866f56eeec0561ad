package io.vaxel.common.storage;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a failed statement or transaction means for whoever asked for it. */
public enum StorageFailure {
  /** Somebody else was in the way; the same transaction may go through when begun again. */
  CONFLICT,

  /** The connection broke, or there was none; begun again it may work, on another one. */
  DISCONNECTED,

  /** The database cannot do it now: it is full, read-only, overloaded or too slow. */
  UNAVAILABLE,

  /** A row of the same key is there already. */
  DUPLICATE,

  /** A text holds what the database cannot keep: the character NUL, in PostgreSQL. */
  UNSTORABLE_TEXT,

  /** A mistake in the statement, or damaged data: nothing that time mends. */
  OTHER;

  // https://www.postgresql.org/docs/15/errcodes-appendix.html
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01");
  private static final Set<String> DISCONNECTIONS =
      Set.of(
          "57P01", // administrator's shutdown
          "57P02", // crash of another session's process
          "57P03", // starting, or in recovery
          "57P05", // idle for too long
          "25P03"); // idle in a transaction for too long
  private static final Set<String> UNAVAILABILITIES =
      Set.of(
          "25006", // read-only: a standby, or default_transaction_read_only
          "55P03", // lock_timeout
          "57014", // statement_timeout
          "57P04"); // the database was dropped

  /** Classifies an exception by itself and its causes. */
  public static StorageFailure of(Throwable failure) {
    // Bounded: a chain of causes may have a loop.
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
      StorageFailure kind =
          switch (cause) {
            case SQLiteException sqlite -> ofSqlite(sqlite.getResultCode());
            case ConnectionException none -> DISCONNECTED;
            case SQLException sql -> ofState(sql);
            default -> OTHER;
          };
      if (kind != OTHER) {
        return kind;
      }
    }
    return OTHER;
  }

  /** Whether a caller may come back in a moment: 503. */
  public boolean isPassing() {
    return this == CONFLICT || this == DISCONNECTED || this == UNAVAILABLE;
  }

  private static StorageFailure ofState(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    if (CONFLICTS.contains(state)) {
      return CONFLICT;
    }
    if (state.startsWith("08") || DISCONNECTIONS.contains(state)) {
      return DISCONNECTED;
    }
    // 53 is insufficient resources (disk full, memory, connections), 58 an error of the system.
    if (state.startsWith("53") || state.startsWith("58") || UNAVAILABILITIES.contains(state)) {
      return UNAVAILABLE;
    }
    if (state.equals("23505")) {
      return DUPLICATE;
    }
    if (state.equals("22021")) {
      return UNSTORABLE_TEXT;
    }
    return switch (failure) {
      case SQLTimeoutException late -> UNAVAILABLE;
      case SQLTransientConnectionException none -> DISCONNECTED;
      case SQLRecoverableException broken -> DISCONNECTED;
      default -> OTHER;
    };
  }

  private static StorageFailure ofSqlite(SQLiteErrorCode code) {
    // The primary result code is the low byte: https://www.sqlite.org/rescode.html
    int primary = code.code & 0xff;
    if (code == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
        || code == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY) {
      return DUPLICATE;
    }
    if (primary == SQLiteErrorCode.SQLITE_BUSY.code
        || primary == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return CONFLICT;
    }
    return primary == SQLiteErrorCode.SQLITE_NOMEM.code
            || primary == SQLiteErrorCode.SQLITE_READONLY.code
            || primary == SQLiteErrorCode.SQLITE_IOERR.code
            || primary == SQLiteErrorCode.SQLITE_FULL.code
            || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code
            || primary == SQLiteErrorCode.SQLITE_PROTOCOL.code
        ? UNAVAILABLE
        : OTHER;
  }
}
