package io.vaxel.media.rtp;

import java.nio.ByteBuffer;

/** Checks that what an RTCP sub-packet announces lies within it, so that views need no checks. */
final class RtcpBounds {
  private static final int SDES_CNAME = 1;

  private RtcpBounds() {}

  /**
   * True if the sub-packet from {@code start} to {@code end} (padding left out) holds every field
   * that its type, count and format promise. Unknown types are fine: they are skipped.
   */
  static boolean hold(ByteBuffer bytes, int type, int count, int start, int end) {
    int length = end - start;
    return switch (type) {
      case RtcpView.SENDER_REPORT -> length >= 28 + 24 * count;
      case RtcpView.RECEIVER_REPORT -> length >= 8 + 24 * count;
      case RtcpView.SOURCE_DESCRIPTION -> sdesHolds(bytes, count, start + 4, end);
      case RtcpView.BYE -> length >= 4 + 4 * count;
      case RtcpView.TRANSPORT_FEEDBACK ->
          switch (count) {
            case RtcpView.FORMAT_NACK -> length >= 16;
            case RtcpView.FORMAT_TRANSPORT_CC -> length >= 20;
            default -> length >= 12;
          };
      case RtcpView.PAYLOAD_FEEDBACK ->
          switch (count) {
            case RtcpView.FORMAT_FIR -> length >= 20 && (length - 12) % 8 == 0;
            case RtcpView.FORMAT_APPLICATION -> length >= 12 && rembHolds(bytes, start, end);
            default -> length >= 12;
          };
      default -> true;
    };
  }

  private static boolean rembHolds(ByteBuffer bytes, int start, int end) {
    if (end - start < 16 || bytes.getInt(start + 12) != RtcpView.REMB) {
      return true; // another application's message, which nobody reads
    }
    return end - start >= 20 && end - start >= 20 + 4 * (bytes.get(start + 16) & 0xff);
  }

  private static boolean sdesHolds(ByteBuffer bytes, int chunks, int from, int end) {
    int at = from;
    for (int i = 0; i < chunks; i++) {
      at = chunkEnd(bytes, at, end);
      if (at < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Where the SDES chunk at {@code at} ends, a multiple of four bytes later, or −1 if it does not.
   */
  static int chunkEnd(ByteBuffer bytes, int at, int end) {
    int item = at + 4;
    while (item < end && bytes.get(item) != 0) {
      if (item + 2 > end) {
        return -1;
      }
      item += 2 + (bytes.get(item + 1) & 0xff);
    }
    int next = at + ((item - at) / 4 + 1) * 4; // at least one zero byte ends the list
    return item < end && next <= end ? next : -1;
  }

  /** Where the CNAME item of the sound SDES chunk at {@code at} starts, or −1 if it has none. */
  static int cnameItem(ByteBuffer bytes, int at) {
    int item = at + 4;
    while (bytes.get(item) != 0) {
      if (bytes.get(item) == SDES_CNAME) {
        return item;
      }
      item += 2 + (bytes.get(item + 1) & 0xff);
    }
    return -1;
  }
}
