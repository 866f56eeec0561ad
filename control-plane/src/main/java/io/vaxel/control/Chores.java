package io.vaxel.control;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tidies up now and then: removes what has run out. One thread, one chore after the other; a chore
 * that fails is logged and comes again.
 */
final class Chores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);
  private static final long MINUTES_BETWEEN = 10;

  private final List<Runnable> chores;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("vaxel-chores").daemon().factory());

  Chores(List<Runnable> chores) {
    this.chores = List.copyOf(chores);
  }

  /** Begins; the first round is at once. */
  void start() {
    for (Runnable chore : chores) {
      var _ =
          thread.scheduleWithFixedDelay(() -> careful(chore), 0, MINUTES_BETWEEN, TimeUnit.MINUTES);
    }
  }

  private static void careful(Runnable chore) {
    try {
      chore.run();
    } catch (RuntimeException e) {
      LOG.warn("A chore failed and is tried again in {} minutes", MINUTES_BETWEEN, e);
    }
  }

  /** Begins no chore any more, and waits a moment for the one that runs. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("A chore did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
