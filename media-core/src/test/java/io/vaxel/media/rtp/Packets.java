package io.vaxel.media.rtp;

import io.vaxel.media.packet.PacketBuffer;
import java.util.HexFormat;

/** Packets for tests. */
final class Packets {
  private Packets() {}

  /** A buffer that holds {@code hex}, in which spaces mean nothing. */
  static PacketBuffer ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  static PacketBuffer of(byte[] bytes) {
    PacketBuffer packet = PacketBuffer.allocate();
    packet.copyFrom(bytes, 0, bytes.length);
    return packet;
  }

  /** An RTP packet of payload type 96 without extension. */
  static PacketBuffer rtp(int ssrc, int sequence, int timestamp, int... payload) {
    PacketBuffer packet = PacketBuffer.allocate();
    packet.bytes().put(0, (byte) 0x80);
    packet.bytes().put(1, (byte) 96);
    packet.bytes().putShort(2, (short) sequence);
    packet.bytes().putInt(4, timestamp);
    packet.bytes().putInt(8, ssrc);
    for (int i = 0; i < payload.length; i++) {
      packet.bytes().put(12 + i, (byte) payload[i]);
    }
    packet.length(12 + payload.length);
    return packet;
  }

  static String hex(PacketBuffer packet) {
    return HexFormat.of().formatHex(packet.toByteArray());
  }
}
