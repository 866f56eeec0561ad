package io.vaxel.common.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.common.error.ApiException;
import io.vaxel.common.storage.Database;
import io.vaxel.common.testing.TestStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStorage.class)
class OperationsTest {
  private static final UUID RESOURCE = UUID.randomUUID();
  private static final OperationLimits LIMITS =
      new OperationLimits(
          2, Duration.ofSeconds(60), 3, 5, Duration.ofDays(30), Duration.ofMillis(50));

  @Parameter private TestStorage storage = TestStorage.SQLITE;
  @TempDir private Path folder;

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  private Database database;

  @SuppressWarnings("NullAway.Init")
  private Operations operations;

  private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");

  @BeforeEach
  void open() {
    database = storage.open(folder);
    database.jdbi().useHandle(sql -> sql.execute("create table done (input text)"));
    operations = new Operations(database, LIMITS, () -> now);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** What a handler does after it wrote its row. */
  private interface Work {
    @Nullable String after(Operation operation) throws OperationFailedException;
  }

  private OperationWorker worker(Work work) {
    OperationHandler handler =
        new OperationHandler() {
          @Override
          public String kind() {
            return "search";
          }

          @Override
          public @Nullable String run(Handle sql, Operation operation)
              throws OperationFailedException {
            sql.execute("insert into done values (?)", operation.input());
            return work.after(operation);
          }
        };
    return new OperationWorker(database, operations, List.of(handler), LIMITS, () -> now);
  }

  private Operation start(String input) {
    return database.inTransaction(sql -> operations.start(sql, RESOURCE, "search", input));
  }

  private Operation found(Operation operation) {
    return operations.find(RESOURCE, operation.id()).orElseThrow();
  }

  private List<String> done() {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery("select input from done order by input")
                    .mapTo(String.class)
                    .list());
  }

  @Test
  void anOperationIsDoneAfterItsTransaction() {
    Operation started = start("a");
    assertTrue(started.id().matches("search_[0-9a-f-]{36}"), started.id());
    assertEquals(started, found(started));
    now = now.plusSeconds(1);
    try (OperationWorker worker = worker(operation -> "result of " + operation.input())) {
      worker.runDue();
    }
    Operation finished = found(started);
    assertEquals(OperationStatus.SUCCEEDED, finished.status());
    assertEquals("result of a", finished.result());
    assertEquals(now, finished.lastActionAt());
    assertEquals(List.of("a"), done());
  }

  @Test
  void whatIsRolledBackIsNotStarted() {
    List<Operation> started = new ArrayList<>();
    assertThrows(
        IllegalStateException.class,
        () ->
            database.useTransaction(
                sql -> {
                  started.add(operations.start(sql, RESOURCE, "search", "a"));
                  throw new IllegalStateException("no");
                }));
    try (OperationWorker worker = worker(operation -> null)) {
      worker.runDue();
    }
    assertEquals(Optional.empty(), operations.find(RESOURCE, started.getFirst().id()));
    assertEquals(List.of(), done());
    assertThrows(
        IllegalStateException.class,
        () ->
            database.jdbi().useHandle(sql -> operations.start(sql, RESOURCE, "search", "outside")));
  }

  @Test
  void aRunningWorkerIsWokenByTheCommit() throws Exception {
    CountDownLatch ran = new CountDownLatch(3);
    try (OperationWorker worker =
        worker(
            operation -> {
              ran.countDown();
              return null;
            })) {
      worker.start();
      start("a");
      start("b");
      start("c");
      assertTrue(ran.await(20, TimeUnit.SECONDS));
    }
    assertEquals(List.of("a", "b", "c"), done());
  }

  @Test
  void anotherResourceDoesNotSeeIt() {
    Operation started = start("a");
    assertEquals(Optional.empty(), operations.find(UUID.randomUUID(), started.id()));
    assertFalse(operations.cancel(UUID.randomUUID(), started.id()));
  }

  @Test
  void aFailureUndoesWhatWasWritten() {
    Operation started = start("a");
    try (OperationWorker worker =
        worker(
            operation -> {
              throw new OperationFailedException("OutOfStock", "There are no numbers left.");
            })) {
      worker.runDue();
    }
    assertEquals(OperationStatus.FAILED, found(started).status());
    assertEquals(
        new OperationError("OutOfStock", "There are no numbers left."), found(started).error());
    assertEquals(List.of(), done());
  }

  @Test
  void anUnexpectedFailureIsTriedAgainAndThenGivenUp() {
    Operation started = start("a");
    List<Instant> attempts = new ArrayList<>();
    try (OperationWorker worker =
        worker(
            operation -> {
              attempts.add(now);
              throw new IllegalStateException("broken");
            })) {
      worker.runDue();
      assertEquals(OperationStatus.RUNNING, found(started).status());
      worker.runDue();
      assertEquals(1, attempts.size(), "the pause is not over");
      for (int second = 0; second < 100; second++) {
        now = now.plusSeconds(1);
        worker.runDue();
      }
    }
    assertEquals(LIMITS.attempts(), attempts.size());
    assertEquals(Duration.ofSeconds(1), Duration.between(attempts.get(0), attempts.get(1)));
    assertEquals(Duration.ofSeconds(2), Duration.between(attempts.get(1), attempts.get(2)));
    OperationError error = found(started).error();
    assertEquals(OperationError.INTERNAL, error == null ? "" : error.code());
    assertEquals(List.of(), done());
  }

  /** What {@code kill -9} leaves: a lease that nobody ends. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void anOperationWhoseProcessWasKilledIsDoneOnceItsLeaseRanOut() {
    Operation started = start("a");
    try (OperationWorker killed =
        worker(
            operation -> {
              throw new Killed();
            })) {
      assertThrows(Killed.class, killed::runDue);
    }
    assertEquals(OperationStatus.RUNNING, found(started).status());
    try (OperationWorker next = worker(operation -> "done")) {
      next.runDue();
      assertEquals(List.of(), done(), "the lease holds");
      now = now.plus(LIMITS.lease());
      next.runDue();
    }
    assertEquals(OperationStatus.SUCCEEDED, found(started).status());
    assertEquals(List.of("a"), done());
  }

  @Test
  void anOperationThatKillsItsProcessEachTimeIsGivenUp() {
    Operation started = start("a");
    try (OperationWorker killed =
        worker(
            operation -> {
              throw new Killed();
            })) {
      for (int attempt = 0; attempt < LIMITS.attempts(); attempt++) {
        assertThrows(Killed.class, killed::runDue);
        now = now.plus(LIMITS.lease());
      }
      killed.runDue();
    }
    assertEquals(OperationStatus.FAILED, found(started).status());
    assertEquals(List.of(), done());
  }

  @Test
  void aWorkerThatWasTakenForDeadUndoesItsWork() {
    Operation started = start("a");
    OperationHandler slow =
        new OperationHandler() {
          @Override
          public String kind() {
            return "search";
          }

          @Override
          public @Nullable String run(Handle sql, Operation operation) {
            sql.execute("insert into done values ('slow')");
            // As another worker does that takes it over.
            sql.execute("update operations set version = version + 1");
            return "slow";
          }
        };
    try (OperationWorker late =
            new OperationWorker(database, operations, List.of(slow), LIMITS, () -> now);
        OperationWorker fast = worker(operation -> "fast")) {
      late.runDue();
      assertEquals(List.of(), done());
      assertEquals(OperationStatus.RUNNING, found(started).status());
      now = now.plus(LIMITS.lease());
      fast.runDue();
    }
    assertEquals("fast", found(started).result());
    assertEquals(List.of("a"), done());
  }

  @Test
  void cancellingFailsItAndItIsNotDone() {
    Operation started = start("a");
    assertTrue(operations.cancel(RESOURCE, started.id()));
    assertFalse(operations.cancel(RESOURCE, started.id()), "it is finished");
    try (OperationWorker worker = worker(operation -> null)) {
      worker.runDue();
    }
    OperationError error = found(started).error();
    assertEquals(OperationError.CANCELED, error == null ? "" : error.code());
    assertEquals(List.of(), done());
  }

  @Test
  void aResourceHasABoundedNumberUnderWay() {
    for (int i = 0; i < LIMITS.unfinishedPerResource(); i++) {
      start("a" + i);
    }
    ApiException refused = assertThrows(ApiException.class, () -> start("too many"));
    assertEquals(429, refused.status());
    assertEquals("5", refused.headers().get("Retry-After"));
    database.useTransaction(sql -> operations.start(sql, UUID.randomUUID(), "search", "other"));
    try (OperationWorker worker = worker(operation -> null)) {
      worker.runDue();
    }
    start("again");
  }

  @Test
  void finishedOnesAreRemovedAfterTheRetention() {
    Operation old = start("old");
    try (OperationWorker worker = worker(operation -> null)) {
      worker.runDue();
      now = now.plus(LIMITS.retention()).minusSeconds(10);
      Operation young = start("young");
      worker.runDue();
      assertTrue(operations.find(RESOURCE, old.id()).isPresent());
      now = now.plus(Duration.ofHours(2));
      worker.runDue();
      assertEquals(Optional.empty(), operations.find(RESOURCE, old.id()));
      assertTrue(operations.find(RESOURCE, young.id()).isPresent());
    }
  }

  @Test
  void severalWorkersShareTheWorkAndDoEachOnce() throws Exception {
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      String input = "a" + i;
      UUID resource = UUID.randomUUID();
      database.useTransaction(sql -> operations.start(sql, resource, "search", input));
      expected.add(input);
    }
    try (OperationWorker one = worker(operation -> null);
        OperationWorker other = worker(operation -> null);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<?> ran : List.of(executor.submit(one::runDue), executor.submit(other::runDue))) {
        ran.get();
      }
    }
    assertEquals(30, done().size());
    assertEquals(expected, new HashSet<>(done()));
  }
}
