package io.vaxel.benchmarks.net;

import java.time.Duration;

/**
 * What one direction of a link does to packets. Immutable.
 *
 * @param lossPercent share of packets that vanish, 0 to 100, each on its own
 * @param delay time every packet takes
 * @param jitter how far the delay wanders to either side of {@code delay}; order is kept
 * @param reorderPercent share of packets held back by {@code reorderBy}, which their successors
 *     overtake
 * @param reorderBy how long those are held back
 * @param kilobitsPerSecond the link's rate, zero for unlimited
 * @param queueLimit the longest wait for the rate; what would wait longer is dropped
 * @param burstBytes what passes at once after a pause before the rate is felt
 */
public record Impairment(
    double lossPercent,
    Duration delay,
    Duration jitter,
    double reorderPercent,
    Duration reorderBy,
    long kilobitsPerSecond,
    Duration queueLimit,
    int burstBytes) {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** A perfect link; its other figures matter once there is reordering or a rate. */
  public static final Impairment NONE =
      new Impairment(
          0, Duration.ZERO, Duration.ZERO, 0, Duration.ofMillis(10), 0, Duration.ofMillis(200), 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming what is out of range
   */
  public Impairment {
    percent("loss", lossPercent);
    duration("delay", delay);
    duration("jitter", jitter);
    percent("reorder", reorderPercent);
    duration("reorder-by", reorderBy);
    if (kilobitsPerSecond < 0 || kilobitsPerSecond > 100_000_000) {
      throw new IllegalArgumentException("rate must be 0 to 100000000 kbit/s");
    }
    duration("queue", queueLimit);
    if (burstBytes < 0) {
      throw new IllegalArgumentException("burst must not be negative");
    }
  }

  /** This one with a setting changed. */
  public Impairment withLoss(double percent) {
    return with("loss", Double.toString(percent));
  }

  /** This one with a setting changed. */
  public Impairment withDelay(Duration time, Duration wander) {
    return new Impairment(
        lossPercent,
        time,
        wander,
        reorderPercent,
        reorderBy,
        kilobitsPerSecond,
        queueLimit,
        burstBytes);
  }

  /** This one with a setting changed. */
  public Impairment withReorder(double percent, Duration by) {
    return new Impairment(
        lossPercent, delay, jitter, percent, by, kilobitsPerSecond, queueLimit, burstBytes);
  }

  /** This one with a setting changed. */
  public Impairment withRate(long kilobits, Duration limit, int burst) {
    return new Impairment(
        lossPercent, delay, jitter, reorderPercent, reorderBy, kilobits, limit, burst);
  }

  /**
   * This one with the setting of that name changed, as the command line writes it: {@code loss 5},
   * {@code delay 20ms}, {@code jitter 5ms}, {@code reorder 1}, {@code reorder-by 10ms}, {@code rate
   * 1000} (kbit/s), {@code queue 200ms}, {@code burst 16000} (bytes).
   *
   * @throws IllegalArgumentException naming what is not understood or out of range
   */
  public Impairment with(String name, String value) {
    return switch (name) {
      case "loss" ->
          new Impairment(
              number(name, value),
              delay,
              jitter,
              reorderPercent,
              reorderBy,
              kilobitsPerSecond,
              queueLimit,
              burstBytes);
      case "delay" -> withDelay(millis(name, value), jitter);
      case "jitter" -> withDelay(delay, millis(name, value));
      case "reorder" -> withReorder(number(name, value), reorderBy);
      case "reorder-by" -> withReorder(reorderPercent, millis(name, value));
      case "rate" -> withRate((long) number(name, value), queueLimit, burstBytes);
      case "queue" -> withRate(kilobitsPerSecond, millis(name, value), burstBytes);
      case "burst" -> withRate(kilobitsPerSecond, queueLimit, (int) number(name, value));
      default -> throw new IllegalArgumentException("unknown setting: " + name);
    };
  }

  private static void percent(String name, double value) {
    if (!(value >= 0 && value <= 100)) {
      throw new IllegalArgumentException(name + " must be 0 to 100 percent");
    }
  }

  private static void duration(String name, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " must be 0 to 60000 ms");
    }
  }

  private static double number(String name, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number", e);
    }
  }

  private static Duration millis(String name, String value) {
    String digits = value.endsWith("ms") ? value.substring(0, value.length() - 2) : value;
    double nanos = number(name, digits) * 1e6;
    if (Double.isNaN(nanos) || Math.abs(nanos) > Long.MAX_VALUE / 2.0) {
      throw new IllegalArgumentException(name + " must be 0 to 60000 ms");
    }
    return Duration.ofNanos((long) nanos);
  }
}
