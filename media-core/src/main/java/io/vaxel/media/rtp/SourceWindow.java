package io.vaxel.media.rtp;

/**
 * The latest packets of one source as a {@link StreamRewriter} placed them: every incoming number
 * from its start on, at most a window of them, with its outgoing number or as dropped.
 */
final class SourceWindow {
  private final char[] outgoing;
  private final boolean[] dropped;
  private final int mask;
  private int ssrc;
  private int timestampOffset;
  private long start;
  private long highest;
  private long startOutgoing;
  private boolean active;

  SourceWindow(int size) {
    this.outgoing = new char[size];
    this.dropped = new boolean[size];
    this.mask = size - 1;
  }

  /** Starts over: the packet {@code incoming} comes next, as {@code firstOutgoing}. */
  void begin(int ssrc, int incoming, long firstOutgoing, int timestampOffset) {
    this.ssrc = ssrc;
    this.timestampOffset = timestampOffset;
    this.start = incoming;
    this.highest = incoming - 1L;
    this.startOutgoing = firstOutgoing;
    this.active = true;
  }

  boolean isActive() {
    return active;
  }

  int ssrc() {
    return ssrc;
  }

  int timestampOffset() {
    return timestampOffset;
  }

  /** The highest incoming number placed, one before the first if there is none yet. */
  long highest() {
    return highest;
  }

  long unwrap(int incoming) {
    return SequenceNumbers.unwrap(incoming, highest);
  }

  boolean isNewer(int incoming) {
    return unwrap(incoming) > highest;
  }

  /** True if {@code incoming} was placed and is still in the window. */
  boolean remembers(int incoming) {
    long unwrapped = unwrap(incoming);
    return active && unwrapped >= start && unwrapped <= highest && highest - unwrapped <= mask;
  }

  boolean isDropped(long incoming) {
    return dropped[(int) incoming & mask];
  }

  int outgoing(long incoming) {
    return outgoing[(int) incoming & mask];
  }

  /** True if the outgoing number belongs to this source or to one after it. */
  boolean sent(long outgoingSequence) {
    return active && outgoingSequence >= startOutgoing;
  }

  /** Places the next incoming number. */
  void append(int outgoingSequence) {
    highest++;
    outgoing[(int) highest & mask] = (char) outgoingSequence;
    dropped[(int) highest & mask] = false;
  }

  /** Leaves the next incoming number out. */
  void appendDropped() {
    highest++;
    dropped[(int) highest & mask] = true;
  }

  /** Leaves out one that is remembered. */
  void markDropped(long incoming) {
    dropped[(int) incoming & mask] = true;
  }

  /** Passes over {@code count} incoming numbers without placing them. */
  void skip(long count) {
    highest += count;
  }
}
