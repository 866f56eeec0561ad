package io.vaxel.media.sfu;

import io.vaxel.media.packet.PacketBuffer;

/** Small RTP packets. */
final class RtpPackets {
  static final int PAYLOAD_TYPE = 96;
  private static final int LENGTH = 40;

  private RtpPackets() {}

  static PacketBuffer of(int ssrc, int sequence) {
    PacketBuffer packet = PacketBuffer.allocate();
    write(packet, ssrc, sequence);
    return packet;
  }

  static void write(PacketBuffer packet, int ssrc, int sequence) {
    packet.bytes().put(0, (byte) 0x80);
    packet.bytes().put(1, (byte) PAYLOAD_TYPE);
    packet.bytes().putShort(2, (short) sequence);
    packet.bytes().putInt(4, sequence * 3000);
    packet.bytes().putInt(8, ssrc);
    packet.length(LENGTH);
  }
}
