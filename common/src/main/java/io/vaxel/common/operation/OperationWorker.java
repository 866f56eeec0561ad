package io.vaxel.common.operation;

import io.vaxel.common.background.Poller;
import io.vaxel.common.operation.OperationLeases.Lease;
import io.vaxel.common.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the operations that are due, a few at a time, on virtual threads. Several processes may do
 * so on one database. An operation whose process was killed is taken up again by another worker, or
 * by the next start, when its lease has run out.
 */
public final class OperationWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OperationWorker.class);
  private static final Duration SWEEP_EVERY = Duration.ofHours(1);

  private final Database database;
  private final OperationLeases leases;
  private final OperationLimits limits;
  private final InstantSource clock;
  private final Operations operations;
  private final Map<String, OperationHandler> handlers = new HashMap<>();
  private final Semaphore free;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Poller poller;
  private Instant nextSweep = Instant.MIN;

  /** Made, not started. */
  public OperationWorker(
      Database database,
      Operations operations,
      List<OperationHandler> handlers,
      OperationLimits limits,
      InstantSource clock) {
    this.database = database;
    this.operations = operations;
    this.limits = limits;
    this.clock = clock;
    this.leases = new OperationLeases(database, limits, clock);
    this.free = new Semaphore(limits.workers());
    this.poller = new Poller("operations", operations.wakeup(), limits.poll(), this::look);
    for (OperationHandler handler : handlers) {
      if (this.handlers.put(handler.kind(), handler) != null) {
        throw new IllegalArgumentException("two handlers of operations " + handler.kind());
      }
    }
  }

  /** Begins to work. Once only. */
  public void start() {
    poller.start();
  }

  /** Does everything that is due now, on this thread; for programs that have no worker running. */
  public void runDue() {
    removeOld();
    Optional<Lease> lease = leases.takeNext(handlers.keySet());
    while (lease.isPresent()) {
      run(lease.get());
      lease = leases.takeNext(handlers.keySet());
    }
  }

  private void look() {
    removeOld();
    while (free.tryAcquire()) {
      boolean handedOver = false;
      try {
        Optional<Lease> lease = leases.takeNext(handlers.keySet());
        if (lease.isEmpty()) {
          return;
        }
        executor.execute(() -> runAndFree(lease.get()));
        handedOver = true;
      } finally {
        if (!handedOver) {
          free.release();
        }
      }
    }
  }

  private void runAndFree(Lease lease) {
    try {
      run(lease);
    } finally {
      free.release();
      operations.wakeup().wake();
    }
  }

  private void run(Lease lease) {
    OperationHandler handler = handlers.get(lease.operation().kind());
    if (handler == null) {
      throw new IllegalStateException("took an operation of a kind that nobody does");
    }
    try {
      if (lease.attempt() > limits.attempts()) {
        giveUp(lease);
      } else {
        succeed(lease, handler);
      }
    } catch (OperationFailedException e) {
      fail(lease, e.error());
    } catch (LeaseLostException e) {
      LOG.info("Operation {} was cancelled or taken over; undone here", lease.operation().id());
    } catch (RuntimeException e) {
      LOG.warn("Operation {} failed, attempt {}", lease.operation().id(), lease.attempt(), e);
      tryLater(lease);
    }
  }

  private void succeed(Lease lease, OperationHandler handler) throws OperationFailedException {
    database.<OperationFailedException>useTransaction(
        sql -> {
          String result = handler.run(sql, lease.operation());
          if (!leases.finish(sql, lease, result, null)) {
            throw new LeaseLostException();
          }
        });
  }

  private void giveUp(Lease lease) {
    LOG.error("Operation {} failed {} times", lease.operation().id(), limits.attempts());
    fail(
        lease,
        new OperationError(OperationError.INTERNAL, "The server could not do the operation."));
  }

  private void fail(Lease lease, OperationError error) {
    try {
      database.useTransaction(sql -> leases.finish(sql, lease, null, error));
    } catch (RuntimeException e) {
      // The lease runs out, and whoever takes the operation next finds the same.
      LOG.warn("Operation {} cannot be ended now", lease.operation().id(), e);
    }
  }

  private void tryLater(Lease lease) {
    try {
      if (lease.attempt() >= limits.attempts()) {
        giveUp(lease);
      } else {
        leases.giveBack(lease, limits.pauseAfter(lease.attempt()));
      }
    } catch (RuntimeException e) {
      // The lease runs out.
      LOG.warn("Operation {} cannot be given back now", lease.operation().id(), e);
    }
  }

  private void removeOld() {
    Instant now = clock.instant();
    if (now.isAfter(nextSweep)) {
      leases.removeOld();
      nextSweep = now.plus(SWEEP_EVERY);
    }
  }

  /** Takes no more operations and lets those that run end, for ten seconds at most. */
  @Override
  public void close() {
    poller.close();
    executor.shutdown();
    try {
      if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** Somebody else has the operation now, or it was cancelled: the transaction is rolled back. */
  private static final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
