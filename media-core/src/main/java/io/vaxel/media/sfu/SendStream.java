package io.vaxel.media.sfu;

import java.util.Arrays;

/**
 * What a subscriber agreed to receive in one media section: the SSRCs that it expects and the
 * payload types that it understands. The payload types are the server's own.
 */
final class SendStream {
  private final int ssrc;
  private final int rtxSsrc;
  private final boolean[] accepted = new boolean[128];
  private final byte[] rtxTypes = new byte[128];

  SendStream(int ssrc, int rtxSsrc) {
    this.ssrc = ssrc;
    this.rtxSsrc = rtxSsrc;
    Arrays.fill(rtxTypes, (byte) -1);
  }

  /** Notes that {@code payloadType} may be sent, repaired by {@code rtxType} (-1 for none). */
  void accept(int payloadType, int rtxType) {
    accepted[payloadType] = true;
    rtxTypes[payloadType] = (byte) rtxType;
  }

  int ssrc() {
    return ssrc;
  }

  int rtxSsrc() {
    return rtxSsrc;
  }

  boolean accepts(int payloadType) {
    return accepted[payloadType];
  }

  /** The payload type that repairs {@code payloadType}, or -1. */
  int rtxPayloadType(int payloadType) {
    return rtxTypes[payloadType];
  }
}
