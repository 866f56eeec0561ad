package io.vaxel.media.sfu;

import java.util.Arrays;

/**
 * Bounds retransmissions to one subscriber: a packet is not repeated twice within a short time,
 * however often it is asked for, and all repeats together stay within a rate. One thread.
 */
final class RepeatGuard {
  /** Two requests for the same packet closer than this are one: the repeat is still on its way. */
  private static final long MIN_INTERVAL_NANOS = 20_000_000;

  private static final int REMEMBERED = 512;

  /** Repeats a second, and at once: enough for 20 % loss of 3 Mbit/s, too little to amplify. */
  private static final int REPEATS_PER_SECOND = 200;

  private static final int BURST = 200;

  private final int[] sequences = new int[REMEMBERED];
  private final long[] repeatedNanos = new long[REMEMBERED];
  private double tokens = BURST;
  private long refilledNanos;
  private boolean started;

  RepeatGuard() {
    Arrays.fill(sequences, -1);
  }

  /** Whether packet {@code sequence} may be repeated now; counts it when so. */
  boolean admits(int sequence, long nowNanos) {
    int slot = sequence % REMEMBERED;
    if (sequences[slot] == sequence && nowNanos - repeatedNanos[slot] < MIN_INTERVAL_NANOS) {
      return false;
    }
    if (started) {
      tokens = Math.min(BURST, tokens + (nowNanos - refilledNanos) * (REPEATS_PER_SECOND / 1e9));
    }
    started = true;
    refilledNanos = nowNanos;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    sequences[slot] = sequence;
    repeatedNanos[slot] = nowNanos;
    return true;
  }
}
