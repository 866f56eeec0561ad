package io.vaxel.common.limit;

import io.github.bucket4j.TimeMeter;
import java.time.InstantSource;

/**
 * Time that never goes back: when the clock is set back, it goes on from where it was. A bucket
 * would stay empty until the clock is where it was before. Safe for any thread.
 */
final class ForwardTime implements TimeMeter {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final InstantSource clock;
  private long lastMillis = Long.MIN_VALUE;
  private long addedMillis;

  ForwardTime(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized long currentTimeNanos() {
    long now = clock.millis() + addedMillis;
    if (now < lastMillis) {
      addedMillis += lastMillis - now;
      now = lastMillis;
    }
    lastMillis = now;
    return now * NANOS_PER_MILLI;
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }
}
