package io.vaxel.media.rtp;

import org.jspecify.annotations.Nullable;

/**
 * Makes one continuous outgoing stream of what comes from one source after another: the sequence
 * numbers and timestamps that one subscriber sees (RFC 3550 section 5.1; what RFC 7667 section 3.7
 * asks of a source-projecting middlebox).
 *
 * <ul>
 *   <li>Packets dropped on purpose leave no hole; packets lost or late keep their place.
 *   <li>A packet that comes late or again maps to the number it would have had or has had.
 *   <li>A new source goes on after the highest number sent, at a timestamp moved on by the time
 *       that has passed. Late packets of the source before it still find their places.
 *   <li>A number that the subscriber asks for again maps back to its source and incoming number.
 * </ul>
 *
 * <p>It remembers a window of packets, of the current and the last source; what lies before is
 * refused. Used by the loop's thread; allocates nothing.
 */
public final class StreamRewriter {
  /** What {@link #incomingSequence} answers for a number that is not remembered. */
  public static final int UNKNOWN = -1;

  private static final long NANOS = 1_000_000_000L;

  /** After a pause this long every number is new: the source's may have wrapped meanwhile. */
  private static final long MAX_LATENESS_NANOS = 2 * NANOS;

  private final int clockRate;
  private final long firstSequence;
  private final int mask;
  private final char[] incomingByOutgoing;
  private SourceWindow current;
  private SourceWindow previous;
  private boolean switching;
  private int nextSsrc;

  private long highestOutgoing;
  private boolean sentAny;
  private int highestTimestamp;
  private long highestTimestampNanos;

  private int sequenceNumber;
  private int timestamp;

  /**
   * @param clockRate ticks a second of the payload's clock
   * @param firstSequence the first outgoing sequence number; below 32,768, so that a receiver that
   *     misses the first packets guesses SRTP's rollover counter right
   * @param window packets remembered, a power of two up to 16,384; one second of video is plenty
   */
  public StreamRewriter(int clockRate, int firstSequence, int window) {
    if (clockRate <= 0 || window < 2 || window > 0x4000 || Integer.bitCount(window) != 1) {
      throw new IllegalArgumentException("clockRate > 0 and window a power of two up to 16384");
    }
    this.clockRate = clockRate;
    this.firstSequence = firstSequence & 0xffff;
    this.highestOutgoing = this.firstSequence - 1;
    this.mask = window - 1;
    this.incomingByOutgoing = new char[window];
    this.current = new SourceWindow(window);
    this.previous = new SourceWindow(window);
  }

  /**
   * Goes on with source {@code ssrc} from the next packet of it that is {@link #map mapped}; until
   * then late packets of the sources before are still mapped, and new ones refused. Also after a
   * pause of the same source, whose packets meanwhile were not shown to this rewriter.
   */
  public void switchTo(int ssrc) {
    switching = true;
    nextSsrc = ssrc;
  }

  /**
   * Finds the place of an incoming packet; {@link #sequenceNumber()} and {@link #timestamp()} then
   * tell it.
   *
   * @return false if the packet has no place: from a source not switched to, from before the switch
   *     or the window, or dropped before
   */
  public boolean map(int ssrc, int incoming, int incomingTimestamp, long nowNanos) {
    if (switching && ssrc == nextSsrc && !isLate(ssrc, incoming, nowNanos)) {
      begin(incoming, incomingTimestamp, nowNanos);
    }
    SourceWindow source = find(ssrc, incoming);
    if (source == null) {
      return false;
    }
    long unwrapped = source.unwrap(incoming);
    if (unwrapped > source.highest()) {
      extend(source, unwrapped);
    }
    if (source.isDropped(unwrapped)) {
      return false;
    }
    sequenceNumber = source.outgoing(unwrapped);
    timestamp = incomingTimestamp + source.timestampOffset();
    if (!sentAny || SequenceNumbers.timestampDifference(timestamp, highestTimestamp) > 0) {
      highestTimestamp = timestamp;
      highestTimestampNanos = nowNanos;
      sentAny = true;
    }
    return true;
  }

  /**
   * Leaves a packet out without a hole: those after it move up. A packet whose place was already
   * passed over leaves a hole after all, and is refused from now on.
   */
  public void drop(int ssrc, int incoming) {
    SourceWindow source = find(ssrc, incoming);
    if (source == null) {
      return;
    }
    long unwrapped = source.unwrap(incoming);
    if (unwrapped > source.highest()) {
      extend(source, unwrapped - 1);
      source.appendDropped();
    } else {
      source.markDropped(unwrapped);
    }
  }

  /** The outgoing sequence number of the packet mapped last, 0 to 65,535. */
  public int sequenceNumber() {
    return sequenceNumber;
  }

  /** The outgoing timestamp of the packet mapped last. */
  public int timestamp() {
    return timestamp;
  }

  /** What the current source's timestamps are moved by; for translating its sender reports. */
  public int timestampOffset() {
    return current.timestampOffset();
  }

  /** The highest outgoing sequence number so far, whether its packet came yet or not. */
  public int highestSequenceNumber() {
    return (int) highestOutgoing & 0xffff;
  }

  /**
   * The incoming sequence number of the packet that was or will be sent as {@code outgoing}, or
   * {@link #UNKNOWN}. Its source is {@link #incomingSsrc}.
   */
  public int incomingSequence(int outgoing) {
    long unwrapped = SequenceNumbers.unwrap(outgoing, highestOutgoing);
    return sourceOf(unwrapped) == null ? UNKNOWN : incomingByOutgoing[(int) unwrapped & mask];
  }

  /** The source of {@code outgoing}; meaningful if {@link #incomingSequence} knows the number. */
  public int incomingSsrc(int outgoing) {
    SourceWindow source = sourceOf(SequenceNumbers.unwrap(outgoing, highestOutgoing));
    return source == null ? 0 : source.ssrc();
  }

  private @Nullable SourceWindow sourceOf(long outgoing) {
    if (outgoing > highestOutgoing || highestOutgoing - outgoing > mask) {
      return null;
    }
    return current.sent(outgoing) ? current : previous.sent(outgoing) ? previous : null;
  }

  /** While going on with the same source: true for its packets from before, which are no start. */
  private boolean isLate(int ssrc, int incoming, long nowNanos) {
    return current.ssrc() == ssrc
        && nowNanos - highestTimestampNanos <= MAX_LATENESS_NANOS
        && current.remembers(incoming);
  }

  private @Nullable SourceWindow find(int ssrc, int incoming) {
    if (current.ssrc() == ssrc && current.remembers(incoming)) {
      return current;
    }
    if (!switching && current.ssrc() == ssrc && current.isActive() && current.isNewer(incoming)) {
      return current;
    }
    return previous.ssrc() == ssrc && previous.remembers(incoming) ? previous : null;
  }

  private void begin(int incoming, int incomingTimestamp, long nowNanos) {
    int offset = 0;
    if (sentAny) {
      boolean sameClock = current.ssrc() == nextSsrc;
      int same = incomingTimestamp + current.timestampOffset();
      if (sameClock && SequenceNumbers.timestampDifference(same, highestTimestamp) >= 0) {
        offset = current.timestampOffset();
      } else {
        offset = highestTimestamp + elapsedTicks(nowNanos) - incomingTimestamp;
      }
    }
    SourceWindow reused = previous;
    previous = current;
    current = reused;
    current.begin(nextSsrc, incoming, highestOutgoing + 1, offset);
    switching = false;
  }

  /** Ticks since the highest timestamp was sent, at least 1: another frame is another timestamp. */
  private int elapsedTicks(long nowNanos) {
    long elapsed = Math.max(0, nowNanos - highestTimestampNanos);
    return (int) Math.max(1, elapsed / NANOS * clockRate + elapsed % NANOS * clockRate / NANOS);
  }

  private void extend(SourceWindow source, long to) {
    long skipped = to - source.highest() - mask - 1;
    if (skipped > 0) { // a loss longer than the window: only its end needs to be remembered
      source.skip(skipped);
      highestOutgoing += skipped;
    }
    while (source.highest() < to) {
      highestOutgoing++;
      source.append((int) highestOutgoing);
      incomingByOutgoing[(int) highestOutgoing & mask] = (char) source.highest();
    }
  }
}
