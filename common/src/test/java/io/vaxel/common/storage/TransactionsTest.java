package io.vaxel.common.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaxel.common.testing.TestStorage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStorage.class)
class TransactionsTest {
  @Parameter private TestStorage storage = TestStorage.SQLITE;
  @TempDir private Path folder;

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  private Database database;

  @BeforeEach
  void open() {
    database = storage.open(folder);
    database.jdbi().useHandle(sql -> sql.execute("create table t (k text primary key, n bigint)"));
    add("a", 0);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void add(String key, long n) {
    database.useTransaction(sql -> insert(sql, key, n));
  }

  private static void insert(Handle sql, String key, long n) {
    sql.execute("insert into t values (?, ?)", key, n);
  }

  private long sum() {
    return database
        .jdbi()
        .withHandle(sql -> sql.createQuery("select sum(n) from t").mapTo(Long.class).one());
  }

  @Test
  void whatFailsLeavesNothing() {
    SQLException thrown =
        assertThrows(
            SQLException.class,
            () ->
                database.useTransaction(
                    sql -> {
                      insert(sql, "b", 1);
                      throw new SQLException("no");
                    }));
    assertEquals("no", thrown.getMessage());
    assertEquals(0, sum());
  }

  @Test
  void aConflictIsBegunAgainAndItsFirstAttemptLeavesNothing() {
    AtomicInteger attempts = new AtomicInteger();
    database.useTransaction(
        sql -> {
          insert(sql, "b", 1);
          if (attempts.incrementAndGet() < 3) {
            throw new UnableToExecuteStatementException(
                new SQLException("deadlock", "40P01"), null);
          }
        });
    assertEquals(3, attempts.get());
    assertEquals(1, sum());
  }

  @Test
  void aConflictThatStaysIsThrown() {
    AtomicInteger attempts = new AtomicInteger();
    assertThrows(
        UnableToExecuteStatementException.class,
        () ->
            database.useTransaction(
                sql -> {
                  attempts.incrementAndGet();
                  throw new UnableToExecuteStatementException(
                      new SQLException("deadlock", "40P01"), null);
                }));
    assertEquals(4, attempts.get());
  }

  @Test
  void aMistakeIsNotRepeated() {
    AtomicInteger attempts = new AtomicInteger();
    UnableToExecuteStatementException thrown =
        assertThrows(
            UnableToExecuteStatementException.class,
            () ->
                database.useTransaction(
                    sql -> {
                      attempts.incrementAndGet();
                      insert(sql, "a", 1);
                    }));
    assertEquals(1, attempts.get());
    assertEquals(StorageFailure.DUPLICATE, StorageFailure.of(thrown));
  }

  @Test
  void anExceptionDoesNotQuoteWhatWasBound() {
    UnableToExecuteStatementException thrown =
        assertThrows(UnableToExecuteStatementException.class, () -> add("a", 4711));
    assertEquals(false, thrown.toString().contains("4711"), thrown.toString());
  }

  @Test
  void serializableTransactionsDoNotBothFindNothing() throws Exception {
    int threads = 4;
    CyclicBarrier together = new CyclicBarrier(threads);
    Callable<Void> once =
        () -> {
          together.await(20, TimeUnit.SECONDS);
          database.inSerializableTransaction(
              sql -> {
                String max = "select count(*) from t where k like 'only%'";
                if (sql.createQuery(max).mapTo(int.class).one() == 0) {
                  insert(sql, "only" + Thread.currentThread().threadId(), 1);
                }
                return null;
              });
          return null;
        };
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> done :
          executor.invokeAll(java.util.Collections.nCopies(threads, once), 30, TimeUnit.SECONDS)) {
        done.get();
      }
    }
    assertEquals(1, sum());
  }
}
