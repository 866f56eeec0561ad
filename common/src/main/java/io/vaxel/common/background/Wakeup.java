package io.vaxel.common.background;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells a thread that there may be work. Many calls before it looks count as one. Thread-safe. */
public final class Wakeup {
  private final Semaphore pending = new Semaphore(0);

  /** There may be work. Never blocks. */
  public void wake() {
    // Two racing callers may leave two permits: the thread then looks once for nothing.
    if (pending.availablePermits() == 0) {
      pending.release();
    }
  }

  /**
   * Waits until there may be work, or for so long.
   *
   * @throws InterruptedException when the thread is to stop
   */
  void await(Duration atMost) throws InterruptedException {
    if (pending.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      pending.drainPermits();
    }
  }
}
