package io.vaxel.media.rtp;

/**
 * Wall clock in the format of NTP, as sender reports carry it: seconds since 1900 in the high 32
 * bits, 1/2³² s in the low 32 (RFC 3550 section 4, RFC 5905 section 6).
 */
public final class NtpTime {
  /** Seconds from 1900 to 1970. */
  private static final long UNIX_EPOCH = 2_208_988_800L;

  private static final long NANOS = 1_000_000_000L;

  private NtpTime() {}

  /** The NTP time of {@code unixNanos} nanoseconds since 1970, which must not be negative. */
  public static long ofUnixNanos(long unixNanos) {
    long seconds = unixNanos / NANOS + UNIX_EPOCH;
    long fraction = ((unixNanos % NANOS) << 32) / NANOS;
    return (seconds << 32) | fraction;
  }

  /** Nanoseconds since 1970 of {@code ntp}, rounded down; right until 2036, when NTP wraps. */
  public static long toUnixNanos(long ntp) {
    return ((ntp >>> 32) - UNIX_EPOCH) * NANOS + (((ntp & 0xffffffffL) * NANOS) >>> 32);
  }

  /** The middle 32 bits, in 1/65,536 s: how reports name a sender report. */
  public static int middle(long ntp) {
    return (int) (ntp >>> 16);
  }

  /** {@code nanos}, 0 to 65,535 s, in 1/65,536 s. */
  public static int shortDuration(long nanos) {
    return (int) (((nanos / NANOS) << 16) + ((nanos % NANOS) << 16) / NANOS);
  }

  /** {@code units} of 1/65,536 s, unsigned, in nanoseconds. */
  public static long nanosOfShort(int units) {
    return (Integer.toUnsignedLong(units) * NANOS) >> 16;
  }

  /**
   * The round trip that a report block tells (RFC 3550 section 6.4.1), in nanoseconds, or −1 if it
   * tells none: no sender report was received yet, or the clock stepped back.
   *
   * @param now wall clock on arrival of the report, in NTP format
   */
  public static long roundTripNanos(
      long now, int lastSenderReport, int delaySinceLastSenderReport) {
    if (lastSenderReport == 0) {
      return -1;
    }
    int units = middle(now) - lastSenderReport - delaySinceLastSenderReport;
    return units < 0 ? -1 : nanosOfShort(units);
  }
}
