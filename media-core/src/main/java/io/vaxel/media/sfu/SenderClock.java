package io.vaxel.media.sfu;

/**
 * A publisher's clock as its sender reports tell it (RFC 3550 section 6.4.1): the pair of NTP and
 * RTP time that subscribers need for lip sync, carried on to any moment. All tracks of a publisher
 * keep its own NTP clock, so the distance between audio and video survives exactly.
 */
final class SenderClock {
  private static final long NANOS = 1_000_000_000L;

  private final int clockRate;
  private long ntp;
  private int rtpTimestamp;
  private long arrivalNanos;
  private boolean known;

  SenderClock(int clockRate) {
    this.clockRate = clockRate;
  }

  /** Takes note of a sender report. */
  void report(long reportNtp, int reportRtpTimestamp, long nowNanos) {
    ntp = reportNtp;
    rtpTimestamp = reportRtpTimestamp;
    arrivalNanos = nowNanos;
    known = true;
  }

  /** Forgets the clock: another source begins. */
  void reset() {
    known = false;
  }

  boolean isKnown() {
    return known;
  }

  /** The publisher's NTP time (32.32 fixed point) at {@code nowNanos}. */
  long ntpAt(long nowNanos) {
    long elapsed = nowNanos - arrivalNanos;
    long seconds = elapsed / NANOS;
    long fraction = ((elapsed % NANOS) << 32) / NANOS;
    return ntp + (seconds << 32) + fraction;
  }

  /** The publisher's RTP timestamp at {@code nowNanos}. */
  int rtpTimestampAt(long nowNanos) {
    long elapsed = nowNanos - arrivalNanos;
    return rtpTimestamp + (int) (elapsed / NANOS * clockRate + elapsed % NANOS * clockRate / NANOS);
  }
}
