package io.vaxel.media.sfu;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.rtp.RtpView;
import org.jspecify.annotations.Nullable;

/**
 * A received packet on its way to the subscribers of its track: read once, forwarded many times.
 * Reused for packet after packet; its payload type and header extensions are already the server's.
 */
final class ForwardedPacket {
  private final RtpView view = new RtpView();
  private @Nullable PacketBuffer buffer;
  private int ssrc;
  private int sequence;
  private int timestamp;
  private int payloadType;
  private int payloadLength;
  private boolean keyFrameStart;

  /** Takes on a packet that has been checked to be well-formed RTP. */
  void set(PacketBuffer packet, boolean startsKeyFrame) {
    view.wrap(packet);
    buffer = packet;
    ssrc = view.ssrc();
    sequence = view.sequenceNumber();
    timestamp = view.timestamp();
    payloadType = view.payloadType();
    payloadLength = view.payloadLength();
    keyFrameStart = startsKeyFrame;
  }

  PacketBuffer buffer() {
    PacketBuffer held = buffer;
    if (held == null) {
      throw new IllegalStateException("no packet was set");
    }
    return held;
  }

  int ssrc() {
    return ssrc;
  }

  int sequence() {
    return sequence;
  }

  int timestamp() {
    return timestamp;
  }

  int payloadType() {
    return payloadType;
  }

  int payloadLength() {
    return payloadLength;
  }

  /** Whether a decoder can begin with this packet. */
  boolean startsKeyFrame() {
    return keyFrameStart;
  }
}
