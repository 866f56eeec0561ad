package io.vaxel.media.rtp;

import java.util.Arrays;

/**
 * The receiver's side of transport-wide congestion control
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01): when which packet of a peer arrived.
 *
 * <p>Arrivals wait in a ring until {@link #poll} reports them, every 50 to 100 ms. A packet that
 * comes after a later one was reported is reported again with those after it. Used by the loop's
 * thread; allocates nothing.
 */
public final class TransportFeedback {
  /** One tick of the format: 250 µs. */
  static final long TICK_NANOS = 250_000;

  /** The reference time counts in units of so many ticks: 64 ms. */
  static final int TICKS_PER_REFERENCE = 256;

  private static final long MISSING = Long.MIN_VALUE;

  /** Numbers start one cycle up, so that one from before the first arrival is not below zero. */
  private static final long FIRST_CYCLE = 0x10000;

  private final int senderSsrc;
  private final long[] arrivals;
  private final int mask;
  private final FeedbackChunks chunks = new FeedbackChunks();
  private long next;
  private long highest = -1;
  private long dropped;
  private int feedbackCount;

  /**
   * @param senderSsrc the SSRC that feedback is sent under
   * @param capacity packets remembered, a power of two up to 16,384: what arrives between two polls
   *     and some reordering; a jump of more forgets what was not reported yet
   */
  public TransportFeedback(int senderSsrc, int capacity) {
    if (capacity < 2 || capacity > 0x4000 || Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity must be a power of two up to 16384");
    }
    this.senderSsrc = senderSsrc;
    this.arrivals = new long[capacity];
    this.mask = capacity - 1;
  }

  /**
   * Takes note of an arrival. The first arrival of a number counts; one from before the ring does
   * not.
   *
   * @param transportSequence value of the transport sequence number extension, 0 to 65,535
   * @param nowNanos arrival on a monotonic clock
   */
  public void received(int transportSequence, long nowNanos) {
    long ticks = Math.floorDiv(nowNanos, TICK_NANOS);
    if (highest < 0) {
      Arrays.fill(arrivals, MISSING);
      highest = FIRST_CYCLE + transportSequence;
      next = highest;
    }
    long sequence = SequenceNumbers.unwrap(transportSequence, highest);
    if (sequence > highest) {
      advance(sequence);
    } else if (highest - sequence > mask) {
      dropped++;
      return;
    }
    int slot = (int) sequence & mask;
    if (arrivals[slot] == MISSING) {
      arrivals[slot] = ticks;
      next = Math.min(next, sequence);
    }
  }

  private void advance(long sequence) {
    if (sequence - highest > mask) {
      dropped += Math.max(0, highest + 1 - next);
      Arrays.fill(arrivals, MISSING);
      next = sequence;
    } else {
      for (long lost = highest + 1; lost <= sequence; lost++) {
        arrivals[(int) lost & mask] = MISSING;
      }
      long oldest = sequence - mask;
      if (next < oldest) {
        dropped += oldest - next;
        next = oldest;
      }
    }
    highest = sequence;
  }

  /** True if there is something to report. */
  public boolean pending() {
    return highest >= 0 && next <= highest;
  }

  /** Packets that were never reported, because they came too late or too many before a poll. */
  public long dropped() {
    return dropped;
  }

  /**
   * Appends one feedback message to {@code writer}, as large as fits. Repeat while {@link
   * #pending}, with a new packet when this answers false.
   *
   * @param mediaSsrc any SSRC of the peer's that lives
   * @return false, with nothing written, if nothing is pending or the writer has no room
   */
  public boolean poll(RtcpWriter writer, int mediaSsrc) {
    if (!pending()) {
      return false;
    }
    long first = next;
    while (arrivals[(int) first & mask] == MISSING) {
      first++; // the reference time is that of the first packet that arrived; the highest did
    }
    long reference = Math.floorDiv(arrivals[(int) first & mask], TICKS_PER_REFERENCE);
    chunks.begin(writer.remaining() - FeedbackChunks.HEADER_LENGTH);
    long previous = reference * TICKS_PER_REFERENCE;
    long sequence = next;
    while (sequence <= highest) {
      long ticks = arrivals[(int) sequence & mask];
      if (ticks == MISSING ? !chunks.addLost() : !chunks.addReceived(ticks - previous)) {
        break;
      }
      previous = ticks == MISSING ? previous : ticks;
      sequence++;
    }
    if (!chunks.write(writer, senderSsrc, mediaSsrc, (int) next, (int) reference, feedbackCount)) {
      return false;
    }
    feedbackCount = (feedbackCount + 1) & 0xff;
    next = sequence;
    return true;
  }
}
