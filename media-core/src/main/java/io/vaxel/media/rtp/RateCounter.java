package io.vaxel.media.rtp;

/**
 * How much there was in the last window of time: packets or bits a second, smoothed by nothing
 * else. The window moves on in steps. Used by the loop's thread; allocates nothing.
 */
public final class RateCounter {
  private static final long NANOS = 1_000_000_000L;

  private final long[] steps;
  private final long stepNanos;
  private long firstStep = Long.MIN_VALUE;
  private long currentStep;
  private long sum;
  private long total;

  /**
   * @param windowNanos length of the window, such as one second
   * @param steps into how many it is divided; ten make the rate follow within a tenth of the window
   */
  public RateCounter(long windowNanos, int steps) {
    if (steps < 1 || windowNanos < steps) {
      throw new IllegalArgumentException("a window of at least one nanosecond a step is needed");
    }
    this.steps = new long[steps];
    this.stepNanos = windowNanos / steps;
  }

  /**
   * Counts {@code amount} (1 packet, or so many bits) at {@code nowNanos}, which must not go back.
   */
  public void add(long amount, long nowNanos) {
    moveTo(nowNanos);
    steps[(int) Math.floorMod(currentStep, (long) steps.length)] += amount;
    sum += amount;
    total += amount;
  }

  /**
   * What was counted a second, over the window or, before it has filled, over the time since the
   * first count.
   */
  public long perSecond(long nowNanos) {
    if (firstStep == Long.MIN_VALUE) {
      return 0;
    }
    moveTo(nowNanos);
    long counted = Math.min(steps.length, currentStep - firstStep + 1);
    return Math.round((double) sum * NANOS / (counted * stepNanos));
  }

  /** Everything that was ever counted. */
  public long total() {
    return total;
  }

  private void moveTo(long nowNanos) {
    long step = Math.floorDiv(nowNanos, stepNanos);
    if (firstStep == Long.MIN_VALUE) {
      firstStep = step;
      currentStep = step;
      return;
    }
    long from = Math.max(currentStep, step - steps.length);
    for (long s = from + 1; s <= step; s++) {
      int slot = (int) Math.floorMod(s, (long) steps.length);
      sum -= steps[slot];
      steps[slot] = 0;
    }
    currentStep = Math.max(currentStep, step);
  }
}
