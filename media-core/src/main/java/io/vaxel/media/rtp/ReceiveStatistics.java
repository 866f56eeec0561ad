package io.vaxel.media.rtp;

/**
 * What a receiver counts about one source, for its report blocks (RFC 3550 sections 6.4.1 and A.3,
 * A.8).
 *
 * <p>Feed it the packets of the source itself, not those recovered through RTX: the loss it reports
 * is then the loss of the network, which is what the sender adapts to. Used by the loop's thread;
 * allocates nothing.
 */
public final class ReceiveStatistics {
  /** A step forward of more than this is another stream under the same SSRC (RFC 3550 A.1). */
  private static final int MAX_DROPOUT = 3000;

  private static final long NANOS = 1_000_000_000L;

  private final int clockRate;
  private long firstSequence;
  private long highestSequence = -1;
  private int restartCandidate = -1;
  private long received;
  private long octets;
  private long expectedBefore;
  private long receivedBefore;
  private int fractionLost;
  private int lastTransit;
  private long jitterTimes16;
  private long reportNtp;
  private long reportArrivalNanos;

  /**
   * @param clockRate ticks a second of the payload's clock, such as 48,000 or 90,000
   */
  public ReceiveStatistics(int clockRate) {
    if (clockRate <= 0) {
      throw new IllegalArgumentException("clockRate must be positive");
    }
    this.clockRate = clockRate;
  }

  /**
   * Counts one packet.
   *
   * <p>A sequence number far from all before is not believed until the next one follows it; then
   * the source has started afresh and so do the counts.
   *
   * @param payloadLength bytes without header and padding
   * @param nowNanos arrival on a monotonic clock
   */
  public void received(int sequence, int timestamp, int payloadLength, long nowNanos) {
    int transit = (int) ticks(nowNanos) - timestamp;
    if (highestSequence < 0) {
      start(sequence);
    } else {
      long unwrapped = SequenceNumbers.unwrap(sequence, highestSequence);
      long step = unwrapped - highestSequence;
      if (step > MAX_DROPOUT || step < -MAX_DROPOUT || unwrapped < 0) {
        if (sequence != restartCandidate) {
          restartCandidate = SequenceNumbers.next(sequence);
          return;
        }
        start(sequence);
      } else {
        restartCandidate = -1;
        highestSequence = Math.max(highestSequence, unwrapped);
        long difference = Math.abs((long) (transit - lastTransit));
        jitterTimes16 += difference - ((jitterTimes16 + 8) >> 4);
      }
    }
    lastTransit = transit;
    received++;
    octets += payloadLength;
  }

  private void start(int sequence) {
    firstSequence = sequence;
    highestSequence = sequence;
    restartCandidate = -1;
    received = 0;
    expectedBefore = 0;
    receivedBefore = 0;
    jitterTimes16 = 0;
  }

  private long ticks(long nanos) {
    return nanos / NANOS * clockRate + nanos % NANOS * clockRate / NANOS;
  }

  /** Remembers a sender report of this source, which the next report block refers to. */
  public void senderReport(long ntpTimestamp, long nowNanos) {
    reportNtp = ntpTimestamp;
    reportArrivalNanos = nowNanos;
  }

  /**
   * Adds the report block about this source to {@code writer} and starts the next interval.
   *
   * @return false, with the interval still open, if nothing was received yet or the writer is full
   */
  public boolean report(RtcpWriter writer, int ssrc, long nowNanos) {
    if (highestSequence < 0) {
      return false;
    }
    long expected = expected();
    long expectedNow = expected - expectedBefore;
    long lostNow = expectedNow - (received - receivedBefore);
    int fraction =
        expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
    int middle = NtpTime.middle(reportNtp);
    int delay = middle == 0 ? 0 : NtpTime.shortDuration(Math.max(0, nowNanos - reportArrivalNanos));
    int lost = Math.clamp(lost(), -0x800000, 0x7fffff);
    if (!writer.reportBlock(
        ssrc, fraction, lost, (int) highestSequence, (int) jitter(), middle, delay)) {
      return false;
    }
    fractionLost = fraction;
    expectedBefore = expected;
    receivedBefore = received;
    return true;
  }

  /** Packets received, duplicates included. */
  public long packets() {
    return received;
  }

  /** Payload bytes received. */
  public long octets() {
    return octets;
  }

  /**
   * Packets expected less packets received; negative when there were more duplicates than losses.
   */
  public long lost() {
    return expected() - received;
  }

  /** The fraction lost in the last reported interval, in 1/256; 0 to 255. */
  public int fractionLost() {
    return fractionLost;
  }

  /** Interarrival jitter in ticks of the payload's clock. */
  public long jitter() {
    return jitterTimes16 >> 4;
  }

  /** The highest sequence number received with wraps counted, or −1 before the first packet. */
  public long highestSequence() {
    return highestSequence;
  }

  private long expected() {
    return highestSequence < 0 ? 0 : highestSequence - firstSequence + 1;
  }
}
