package io.vaxel.signaling.connection;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all sessions together may keep. Safe for any thread. */
final class MemoryBudget {
  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param limit bytes
   */
  MemoryBudget(long limit) {
    this.limit = limit;
  }

  /** Takes so many bytes, or none at all and returns false. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= limit) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  /** Gives back what was taken. */
  void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  /** Bytes taken now. */
  long taken() {
    return taken.get();
  }
}
