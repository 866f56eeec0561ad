package io.vaxel.media.srtp;

import java.util.Arrays;

/**
 * Which indices of a stream have been received: a bit for each of the {@link #SIZE} newest (RFC
 * 3711 section 3.3.2). What is older counts as received.
 */
final class ReplayWindow {
  /**
   * Packets behind the newest that are still accepted: as libwebrtc has it, two seconds of a video
   * of 5 Mbit/s, so that late packets and plain retransmissions are not lost here.
   */
  static final int SIZE = 1024;

  private final long[] received = new long[SIZE / Long.SIZE];
  private long highest;

  /** A window whose newest index is {@code first}, which has been received. */
  ReplayWindow(long first) {
    highest = first;
    mark(first);
  }

  /** The newest index received. */
  long highest() {
    return highest;
  }

  /** True when {@code index} has been received, or is too old to know. */
  boolean isReplay(long index) {
    if (index > highest) {
      return false;
    }
    return highest - index >= SIZE || (received[word(index)] & bit(index)) != 0;
  }

  /** Notes that {@code index}, which is no replay, has been received. */
  void accept(long index) {
    if (index > highest) {
      if (index - highest >= SIZE) {
        Arrays.fill(received, 0);
      } else {
        for (long missed = highest + 1; missed < index; missed++) {
          received[word(missed)] &= ~bit(missed);
        }
      }
      highest = index;
    }
    mark(index);
  }

  private void mark(long index) {
    received[word(index)] |= bit(index);
  }

  private static int word(long index) {
    return (int) (index & (SIZE - 1)) / Long.SIZE;
  }

  private static long bit(long index) {
    return 1L << index;
  }
}
