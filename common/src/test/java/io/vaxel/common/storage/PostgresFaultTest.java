package io.vaxel.common.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vaxel.common.testing.PostgresCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a PostgreSQL does that is down, hangs, or is in somebody else's hands. */
class PostgresFaultTest {
  /** Connection wait and statement time of the defaults, and what a busy machine adds. */
  private static final Duration LONGEST = Duration.ofMillis(5_900);

  private static Optional<PostgresCluster> made = Optional.empty();

  @BeforeAll
  static void start() {
    made = PostgresCluster.own();
    assumeTrue(made.isPresent() || System.getenv("CI") != null, "PostgreSQL is not installed");
  }

  @AfterAll
  static void stop() {
    made.ifPresent(PostgresCluster::close);
  }

  private static PostgresCluster cluster() {
    return made.orElseThrow();
  }

  private static void write(Database database) {
    database.useTransaction(sql -> sql.execute("insert into t values (1)"));
  }

  private static Database withTable(String url) {
    Database database = Database.open(url);
    database.jdbi().useHandle(sql -> sql.execute("create table t (n bigint)"));
    return database;
  }

  private static StorageFailure failureOf(Runnable work) {
    long begun = System.nanoTime();
    JdbiException thrown = assertThrows(JdbiException.class, work::run);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    assertTrue(took.compareTo(LONGEST) < 0, "took " + took);
    return StorageFailure.of(thrown);
  }

  @Test
  void aDatabaseThatIsDownFailsInTimeAndRecoversWithoutARestart() {
    try (Database database = withTable(cluster().createDatabase())) {
      write(database);
      cluster().stop();
      assertEquals(StorageFailure.DISCONNECTED, failureOf(() -> write(database)));
      assertEquals(StorageFailure.DISCONNECTED, failureOf(() -> write(database)));
      cluster().start();
      write(database);
    }
  }

  @Test
  void aDatabaseThatHangsFailsInTimeAndRecovers() {
    try (Database database = withTable(cluster().createDatabase())) {
      write(database);
      cluster().freeze();
      try {
        assertTrue(failureOf(() -> write(database)).isPassing());
        assertTrue(failureOf(() -> write(database)).isPassing());
      } finally {
        cluster().thaw();
      }
      write(database);
    }
  }

  @Test
  void aTransactionWhoseConnectionIsCutBeforeItsCommitIsBegunAgain() {
    try (Database database = withTable(cluster().createDatabase())) {
      AtomicInteger attempts = new AtomicInteger();
      database.useTransaction(
          sql -> {
            sql.execute("insert into t values (1)");
            if (attempts.incrementAndGet() == 1) {
              cut(database, sql);
            }
            sql.execute("insert into t values (2)");
          });
      assertEquals(2, attempts.get());
      int rows =
          database
              .jdbi()
              .withHandle(sql -> sql.createQuery("select count(*) from t").mapTo(int.class).one());
      assertEquals(2, rows);
    }
  }

  private static void cut(Database database, Handle victim) {
    int process = victim.createQuery("select pg_backend_pid()").mapTo(int.class).one();
    database.jdbi().useHandle(sql -> sql.execute("select pg_terminate_backend(?, 5000)", process));
  }

  @Test
  void aLockThatIsNotGivenUpDoesNotHoldTheCaller() {
    try (Database database = withTable(cluster().createDatabase())) {
      database.useTransaction(
          holder -> {
            holder.execute("lock table t");
            assertEquals(StorageFailure.UNAVAILABLE, failureOf(() -> write(database)));
          });
      write(database);
    }
  }

  @Test
  void aReadOnlyDatabaseIsUnavailable() {
    String url = cluster().createDatabase();
    try (Database database = withTable(url)) {
      database
          .jdbi()
          .useHandle(
              sql -> {
                sql.execute("set default_transaction_read_only = on");
                JdbiException thrown =
                    assertThrows(
                        JdbiException.class,
                        () -> sql.useTransaction(same -> same.execute("insert into t values (1)")));
                assertEquals(StorageFailure.UNAVAILABLE, StorageFailure.of(thrown));
              });
    }
  }

  @Test
  void nodesThatStartTogetherMigrateOnce() throws Exception {
    String url = cluster().createEmptyDatabase();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Database>> opening = new ArrayList<>();
      for (int node = 0; node < 4; node++) {
        opening.add(executor.submit(() -> Database.open(url)));
      }
      for (Future<Database> opened : opening) {
        opened.get().close();
      }
    }
  }

  @Test
  void startingWithoutTheDatabaseSaysSoAndDoesNotQuoteThePassword() {
    StorageException down =
        assertThrows(
            StorageException.class,
            () -> Database.open("jdbc:postgresql://127.0.0.1:1/d?user=u&password=hush").close());
    String message = String.valueOf(down.getMessage());
    assertTrue(message.contains("jdbc:postgresql://127.0.0.1:1/d cannot be opened"), message);
    assertTrue(message.contains("storage.url"), message);
    assertFalse(message.contains("hush"), message);
  }

  @Test
  void aUrlThatIsNotUnderstoodIsNotQuoted() {
    for (String url :
        List.of(
            "jdbc:postgresql:hush",
            "jdbc:postgresql://u:hush@h/d",
            "jdbc:postgresql://h/",
            "jdbc:postgresql://h/d?password=%hush")) {
      StorageException refused = assertThrows(StorageException.class, () -> Database.open(url));
      assertTrue(String.valueOf(refused.getMessage()).contains("storage.url"), url);
      assertFalse(String.valueOf(refused.getMessage()).contains("hush"), refused.getMessage());
    }
  }

  @Test
  void factsTellWhatADatabaseIs() {
    PostgresFacts facts = PostgresFacts.read(StorageSettings.of(cluster().createDatabase()));
    assertEquals(200, facts.maxConnections());
    assertEquals(16, facts.poolSize());
    assertTrue(facts.mayCreate());
    assertFalse(facts.readOnly());
    assertFalse(facts.syncs(), "test clusters run without fsync");
  }
}
