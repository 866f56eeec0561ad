package io.vaxel.media.rtp;

import java.nio.ByteBuffer;

/**
 * Reads a transport-wide feedback message: which packets arrived when
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1). A flyweight; used by one
 * thread.
 */
public final class TransportFeedbackView {
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int firstChunk;
  private int firstDelta;
  private int end;
  private int base;
  private int count;
  private long reference;
  private int feedbackCount;

  private int chunkAt;
  private int chunkLeft;
  private int index;
  private int deltaAt;
  private int status;
  private long ticks;

  /**
   * Stands before the first status of the sub-packet that {@code rtcp} stands on, which must be
   * {@link RtcpView#isTransportFeedback transport feedback}.
   *
   * @return false if chunks or deltas reach past it, or a status is the reserved one
   */
  public boolean wrap(RtcpView rtcp) {
    bytes = rtcp.bytes();
    int at = rtcp.offset();
    end = at + rtcp.length();
    base = Short.toUnsignedInt(bytes.getShort(at + 12));
    count = Short.toUnsignedInt(bytes.getShort(at + 14));
    reference = bytes.getInt(at + 16) >> 8;
    feedbackCount = bytes.get(at + 19) & 0xff;
    firstChunk = at + FeedbackChunks.HEADER_LENGTH;
    boolean sound = measure();
    count = sound ? count : 0;
    rewind();
    return sound;
  }

  /** Finds the end of the chunks, and checks that they and the deltas lie within the message. */
  private boolean measure() {
    int at = firstChunk;
    int statuses = 0;
    int deltaBytes = 0;
    while (statuses < count) {
      if (at + 2 > end) {
        return false;
      }
      int length = Math.min(chunkLength(at), count - statuses);
      if (isRun(at)) {
        int symbol = symbol(at, 0);
        if (symbol > FeedbackChunks.LARGE_DELTA) {
          return false;
        }
        deltaBytes += symbol * length;
      } else {
        for (int i = 0; i < length; i++) {
          int symbol = symbol(at, i);
          if (symbol > FeedbackChunks.LARGE_DELTA) {
            return false;
          }
          deltaBytes += symbol;
        }
      }
      statuses += length;
      at += 2;
    }
    firstDelta = at;
    return at + deltaBytes <= end;
  }

  /** Stands before the first status again. */
  public void rewind() {
    chunkAt = firstChunk - 2;
    chunkLeft = 0;
    index = -1;
    deltaAt = firstDelta;
    status = FeedbackChunks.LOST;
    ticks = reference * TransportFeedback.TICKS_PER_REFERENCE;
  }

  /** Moves to the next packet; false if there is none. */
  public boolean next() {
    if (index + 1 >= count) {
      return false;
    }
    index++;
    while (chunkLeft == 0) {
      chunkAt += 2;
      chunkLeft = chunkLength(chunkAt);
    }
    status = symbol(chunkAt, chunkLength(chunkAt) - chunkLeft);
    chunkLeft--;
    if (status == FeedbackChunks.SMALL_DELTA) {
      ticks += bytes.get(deltaAt) & 0xff;
      deltaAt++;
    } else if (status == FeedbackChunks.LARGE_DELTA) {
      ticks += bytes.getShort(deltaAt);
      deltaAt += 2;
    }
    return true;
  }

  /** The transport-wide sequence number of this packet, 0 to 65,535. */
  public int sequence() {
    return (base + index) & 0xffff;
  }

  /** True if this packet arrived. */
  public boolean received() {
    return status != FeedbackChunks.LOST;
  }

  /**
   * When this packet arrived, in nanoseconds with a resolution of 250 µs, on a clock of the
   * receiver that wraps after 12 days: only differences mean something.
   */
  public long arrivalNanos() {
    return ticks * TransportFeedback.TICK_NANOS;
  }

  /** How many packets this message tells about, 0 to 65,535. */
  public int statusCount() {
    return count;
  }

  /** The number of this message, 0 to 255 and around; a step of more than one is a lost message. */
  public int feedbackCount() {
    return feedbackCount;
  }

  private boolean isRun(int at) {
    return bytes.get(at) >= 0;
  }

  private int chunkLength(int at) {
    int chunk = bytes.getShort(at);
    return chunk >= 0 ? chunk & 0x1fff : (chunk & 0x4000) == 0 ? 14 : 7;
  }

  private int symbol(int at, int i) {
    int chunk = bytes.getShort(at);
    if (chunk >= 0) {
      return (chunk >> 13) & 3;
    }
    return (chunk & 0x4000) == 0 ? (chunk >> (13 - i)) & 1 : (chunk >> (12 - 2 * i)) & 3;
  }
}
