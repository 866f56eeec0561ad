package io.vaxel.server.call;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what happens on other threads, as long as a slow machine may need. */
final class Until {
  static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long LOOK_NANOS = 5_000_000;

  private Until() {}

  /** Returns as soon as {@code condition} holds; fails with {@code otherwise} past the limit. */
  static void holds(Callable<Boolean> condition, Supplier<String> otherwise) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(otherwise.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
