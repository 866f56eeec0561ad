package io.vaxel.common.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageFailureTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "40001, CONFLICT",
    "40P01, CONFLICT",
    "08000, DISCONNECTED",
    "08006, DISCONNECTED",
    "57P01, DISCONNECTED",
    "57P02, DISCONNECTED",
    "57P03, DISCONNECTED",
    "25006, UNAVAILABLE",
    "53100, UNAVAILABLE",
    "53300, UNAVAILABLE",
    "55P03, UNAVAILABLE",
    "57014, UNAVAILABLE",
    "58030, UNAVAILABLE",
    "23505, DUPLICATE",
    "22021, UNSTORABLE_TEXT",
    "42601, OTHER",
    "23503, OTHER",
  })
  void statesOfSqlAreTold(String state, StorageFailure expected) {
    SQLException cause = new SQLException("message", state);
    assertEquals(expected, StorageFailure.of(new UnableToExecuteStatementException(cause, null)));
  }

  @Test
  void noConnectionInTimeIsDisconnected() {
    assertEquals(
        StorageFailure.DISCONNECTED,
        StorageFailure.of(
            new ConnectionException(new SQLTransientConnectionException("not available"))));
  }

  @Test
  void whatIsNoFailureOfStorageIsOther() {
    assertEquals(StorageFailure.OTHER, StorageFailure.of(new IllegalStateException("x")));
  }

  private Database database() {
    Database database = Database.open("jdbc:sqlite:" + folder.resolve("vaxel.db"));
    database.jdbi().useHandle(sql -> sql.execute("create table t (k text primary key)"));
    return database;
  }

  @Test
  void aFullSqliteIsUnavailable() {
    try (Database database = database()) {
      JdbiException thrown =
          assertThrows(
              JdbiException.class,
              () ->
                  database.useTransaction(
                      sql -> {
                        sql.createQuery("pragma max_page_count = 1").mapTo(int.class).one();
                        sql.execute("insert into t values (?)", "x".repeat(1_000_000));
                      }));
      assertEquals(StorageFailure.UNAVAILABLE, StorageFailure.of(thrown));
    }
  }

  @Test
  void aSqliteThatSomebodyElseWritesIsAConflict() {
    StorageSettings hasty =
        new StorageSettings(
            "jdbc:sqlite:" + folder.resolve("vaxel.db"),
            "",
            "",
            0,
            java.time.Duration.ofSeconds(2),
            java.time.Duration.ofSeconds(1));
    try (Database one = database();
        Database other = Database.open(hasty)) {
      one.useTransaction(
          sql -> {
            sql.execute("insert into t values ('a')");
            JdbiException thrown =
                assertThrows(
                    JdbiException.class,
                    () ->
                        other.jdbi().useHandle(late -> late.execute("insert into t values ('b')")));
            assertEquals(StorageFailure.CONFLICT, StorageFailure.of(thrown));
          });
    }
  }

  @Test
  void aKeyThatIsThereIsADuplicate() {
    try (Database database = database()) {
      database.useTransaction(sql -> sql.execute("insert into t values ('a')"));
      JdbiException thrown =
          assertThrows(
              JdbiException.class,
              () -> database.useTransaction(sql -> sql.execute("insert into t values ('a')")));
      assertEquals(StorageFailure.DUPLICATE, StorageFailure.of(thrown));
    }
  }
}
