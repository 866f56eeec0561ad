package io.vaxel.media.rtp;

import java.nio.ByteBuffer;

/**
 * Packs packet statuses into the chunks and deltas of one transport-wide feedback message
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1). Reused from message to message.
 */
final class FeedbackChunks {
  /** Bytes before the first chunk. */
  static final int HEADER_LENGTH = 20;

  static final int LOST = 0;
  static final int SMALL_DELTA = 1;
  static final int LARGE_DELTA = 2;

  /** Statuses in one message at most; more than any MTU holds. */
  private static final int MAX_STATUSES = 4096;

  private static final int MAX_RUN = 0x1fff;

  private final byte[] statuses = new byte[MAX_STATUSES];
  private final short[] deltas = new short[MAX_STATUSES];
  private int room;
  private int count;
  private int deltaBytes;

  /** Starts a message whose chunks and deltas may take {@code room} bytes. */
  void begin(int room) {
    this.room = room;
    this.count = 0;
    this.deltaBytes = 0;
  }

  /** Adds a packet that did not arrive; false if the message is full. */
  boolean addLost() {
    return add(LOST, 0, 0);
  }

  /**
   * Adds a packet that arrived {@code delta} ticks after the one before; false if the message is
   * full or the delta needs a new reference time.
   */
  boolean addReceived(long delta) {
    if (delta >= 0 && delta <= 0xff) {
      return add(SMALL_DELTA, delta, 1);
    }
    return delta == (short) delta && add(LARGE_DELTA, delta, 2);
  }

  private boolean add(int status, long delta, int size) {
    // A chunk holds seven statuses or more, but for the last; three bytes may pad the whole.
    if (count == MAX_STATUSES || 2 * (count / 7 + 1) + deltaBytes + size + 3 > room) {
      return false;
    }
    statuses[count] = (byte) status;
    deltas[count] = (short) delta;
    count++;
    deltaBytes += size;
    return true;
  }

  /** Appends the message; false if it is empty or the writer has no room. */
  boolean write(
      RtcpWriter writer,
      int senderSsrc,
      int mediaSsrc,
      int baseSequence,
      int reference,
      int feedbackCount) {
    if (count == 0) {
      return false;
    }
    int content = 2 * chunkCount() + deltaBytes;
    int padding = -content & 3;
    int at =
        writer.feedback(
            RtcpView.TRANSPORT_FEEDBACK, RtcpView.FORMAT_TRANSPORT_CC, 8 + content + padding);
    if (at < 0) {
      return false;
    }
    ByteBuffer bytes = writer.bytes();
    bytes.putInt(at + 4, senderSsrc);
    bytes.putInt(at + 8, mediaSsrc);
    bytes.putShort(at + 12, (short) baseSequence);
    bytes.putShort(at + 14, (short) count);
    bytes.putInt(at + 16, (reference << 8) | feedbackCount);
    int end = writeDeltas(bytes, writeChunks(bytes, at + HEADER_LENGTH));
    for (int i = 0; i < padding; i++) {
      bytes.put(end + i, (byte) 0);
    }
    return true;
  }

  private int chunkCount() {
    int chunks = 0;
    for (int i = 0; i < count; i += chunkLength(i)) {
      chunks++;
    }
    return chunks;
  }

  /** How many statuses the chunk that starts at status {@code i} covers. */
  private int chunkLength(int i) {
    int run = run(i);
    if (run >= 14 || run == count - i) {
      return run;
    }
    int small = Math.min(14, count - i);
    return isOneBit(i, small) ? small : run >= 7 ? run : Math.min(7, count - i);
  }

  private int run(int i) {
    int end = i + 1;
    while (end < count && statuses[end] == statuses[i] && end - i < MAX_RUN) {
      end++;
    }
    return end - i;
  }

  private boolean isOneBit(int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (statuses[i] == LARGE_DELTA) {
        return false;
      }
    }
    return true;
  }

  private int writeChunks(ByteBuffer bytes, int from) {
    int at = from;
    for (int i = 0; i < count; ) {
      int length = chunkLength(i);
      int chunk;
      if (run(i) >= length) {
        chunk = (statuses[i] << 13) | length;
      } else {
        int bits = isOneBit(i, Math.min(14, count - i)) ? 1 : 2; // as chunkLength() decided
        chunk = bits == 1 ? 0x8000 : 0xc000;
        for (int k = 0; k < length; k++) {
          chunk |= statuses[i + k] << (14 - bits * (k + 1));
        }
      }
      bytes.putShort(at, (short) chunk);
      at += 2;
      i += length;
    }
    return at;
  }

  private int writeDeltas(ByteBuffer bytes, int from) {
    int at = from;
    for (int i = 0; i < count; i++) {
      if (statuses[i] == SMALL_DELTA) {
        bytes.put(at, (byte) deltas[i]);
        at++;
      } else if (statuses[i] == LARGE_DELTA) {
        bytes.putShort(at, deltas[i]);
        at += 2;
      }
    }
    return at;
  }
}
