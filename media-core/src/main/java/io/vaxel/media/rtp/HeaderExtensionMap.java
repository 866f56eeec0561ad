package io.vaxel.media.rtp;

import java.nio.ByteBuffer;

/**
 * Turns the header extension ids that a publisher negotiated into those of a subscriber (RFC 8285),
 * in place. Elements that the subscriber did not negotiate become padding, so the length of the
 * header never changes. One of these for each pair of peer connections and kind of media.
 */
public final class HeaderExtensionMap {
  private static final int MAX_ID = 255;
  private static final int MAX_ONE_BYTE_ID = 14;

  private final byte[] targets = new byte[MAX_ID + 1];

  /** A map that drops every element. */
  public HeaderExtensionMap() {}

  /**
   * Gives the element {@code from} the id {@code to}; 0 drops it.
   *
   * @param from 1 to 255
   * @param to 0 to 255; above 14 it drops the element from packets in the one-byte form, which
   *     cannot carry it
   * @return this
   */
  public HeaderExtensionMap map(int from, int to) {
    if (from < 1 || from > MAX_ID || to < 0 || to > MAX_ID) {
      throw new IllegalArgumentException("header extension ids are 1 to " + MAX_ID);
    }
    targets[from] = (byte) to;
    return this;
  }

  /**
   * Rewrites the ids of {@code packet}. What follows a broken or reserved element, and an extension
   * that is not of RFC 8285, is overwritten with zeros: nothing unknown is forwarded.
   */
  public void apply(RtpView packet) {
    ByteBuffer bytes = packet.bytes();
    int at = packet.extensionStart();
    int end = packet.extensionEnd();
    int header = packet.elementHeader();
    if (header == 0) {
      zero(bytes, at, end);
      return;
    }
    while (at < end) {
      int id = packet.elementIdAt(at);
      if (id == 0) {
        at++;
        continue;
      }
      int value = at + header;
      if (id < 0 || value > end || value + packet.extensionLengthAt(value) > end) {
        zero(bytes, at, end);
        return;
      }
      int next = value + packet.extensionLengthAt(value);
      int target = targets[id] & 0xff;
      if (target == 0 || (header == 1 && target > MAX_ONE_BYTE_ID)) {
        zero(bytes, at, next);
      } else if (header == 1) {
        bytes.put(at, (byte) ((target << 4) | (bytes.get(at) & 0x0f)));
      } else {
        bytes.put(at, (byte) target);
      }
      at = next;
    }
  }

  private static void zero(ByteBuffer bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      bytes.put(i, (byte) 0);
    }
  }
}
