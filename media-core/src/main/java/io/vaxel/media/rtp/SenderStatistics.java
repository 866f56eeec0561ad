package io.vaxel.media.rtp;

/**
 * What a sender counts about one source, for its sender reports, and what the receiver's reports
 * say about it (RFC 3550 section 6.4.1). Used by the loop's thread; allocates nothing.
 */
public final class SenderStatistics {
  private static final long NANOS = 1_000_000_000L;

  private final int ssrc;
  private final int clockRate;
  private long packets;
  private long octets;
  private int lastTimestamp;
  private long lastSentNanos;
  private long roundTripNanos = -1;
  private int fractionLost;
  private int cumulativeLost;
  private int jitter;

  /**
   * @param clockRate ticks a second of the payload's clock, such as 48,000 or 90,000
   */
  public SenderStatistics(int ssrc, int clockRate) {
    if (clockRate <= 0) {
      throw new IllegalArgumentException("clockRate must be positive");
    }
    this.ssrc = ssrc;
    this.clockRate = clockRate;
  }

  /** Counts one packet sent; one that is older than those before moves no clock. */
  public void sent(int timestamp, int payloadLength, long nowNanos) {
    if (packets == 0 || SequenceNumbers.timestampDifference(timestamp, lastTimestamp) > 0) {
      lastTimestamp = timestamp;
      lastSentNanos = nowNanos;
    }
    packets++;
    octets += payloadLength;
  }

  /** The RTP timestamp of the moment {@code nowNanos}, carried on from the last packet sent. */
  public int timestampAt(long nowNanos) {
    long elapsed = Math.max(0, nowNanos - lastSentNanos);
    return lastTimestamp
        + (int) (elapsed / NANOS * clockRate + elapsed % NANOS * clockRate / NANOS);
  }

  /**
   * Appends a sender report.
   *
   * @param ntpNow wall clock now, see {@link NtpTime}
   * @return false if nothing was sent yet or the writer is full
   */
  public boolean report(RtcpWriter writer, long ntpNow, long nowNanos) {
    return packets > 0 && writer.senderReport(ssrc, ntpNow, timestampAt(nowNanos), packets, octets);
  }

  /**
   * Takes in report block {@code i} of the sub-packet that {@code view} stands on, which must be
   * about this source.
   */
  public void reported(RtcpView view, int i, long ntpNow) {
    fractionLost = view.fractionLost(i);
    cumulativeLost = view.cumulativeLost(i);
    jitter = view.jitter(i);
    long measured =
        NtpTime.roundTripNanos(
            ntpNow, view.lastSenderReport(i), view.delaySinceLastSenderReport(i));
    if (measured >= 0) {
      roundTripNanos = measured;
    }
  }

  /** Packets sent. */
  public long packets() {
    return packets;
  }

  /** Payload bytes sent. */
  public long octets() {
    return octets;
  }

  /** The last round trip measured, in nanoseconds; −1 before the first. */
  public long roundTripNanos() {
    return roundTripNanos;
  }

  /** The fraction lost that the receiver reported last, in 1/256; 0 to 255. */
  public int fractionLost() {
    return fractionLost;
  }

  /** The packets lost since the start that the receiver reported last. */
  public int cumulativeLost() {
    return cumulativeLost;
  }

  /** The jitter that the receiver reported last, in ticks of the payload's clock. */
  public int jitter() {
    return jitter;
  }
}
