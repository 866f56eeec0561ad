package io.vaxel.common.http;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that request bodies of all connections may take together, in bytes. Any thread. */
final class BodyBudget {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  BodyBudget(long limit) {
    this.limit = limit;
  }

  /** Takes so many bytes, or nothing and answers false when they are not there. */
  boolean take(long bytes) {
    if (used.addAndGet(bytes) > limit) {
      used.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void give(long bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }
}
