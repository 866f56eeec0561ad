package io.vaxel.media.srtp;

import io.vaxel.media.packet.PacketBuffer;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;

/** Packets and keys for tests. */
final class Packets {
  private Packets() {}

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  static PacketBuffer buffer(byte[] bytes) {
    PacketBuffer buffer = PacketBuffer.allocate();
    buffer.copyFrom(bytes, 0, bytes.length);
    return buffer;
  }

  static SrtpKeys keys(SrtpProfile profile, long seed) {
    Random random = new Random(seed);
    byte[] key = new byte[profile.keyLength()];
    byte[] salt = new byte[profile.saltLength()];
    random.nextBytes(key);
    random.nextBytes(salt);
    return new SrtpKeys(profile, key, salt);
  }

  /** A plain RTP packet with nothing but header and payload. */
  static byte[] rtp(int ssrc, int sequenceNumber, int payload) {
    ByteBuffer packet = ByteBuffer.allocate(12 + payload);
    packet.put((byte) 0x80).put((byte) 96).putShort((short) sequenceNumber);
    packet.putInt(1234).putInt(ssrc);
    for (int i = 0; i < payload; i++) {
      packet.put((byte) (i + sequenceNumber));
    }
    return packet.array();
  }

  /** An RTP packet with random sources, extension, payload and size. */
  static byte[] randomRtp(Random random, int ssrc, int sequenceNumber) {
    int sources = random.nextInt(4) == 0 ? random.nextInt(16) : 0;
    int extensionWords = random.nextInt(6);
    boolean extension = random.nextBoolean();
    int payload = random.nextInt(8) == 0 ? 0 : random.nextInt(1300);
    int length = 12 + 4 * sources + (extension ? 4 + 4 * extensionWords : 0) + payload;
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    ByteBuffer packet = ByteBuffer.wrap(bytes);
    packet.put(0, (byte) (0x80 | (extension ? 0x10 : 0) | sources));
    packet.putShort(2, (short) sequenceNumber).putInt(8, ssrc);
    if (extension) {
      packet.putShort(12 + 4 * sources, (short) (random.nextBoolean() ? 0xBEDE : 0x1000));
      packet.putShort(14 + 4 * sources, (short) extensionWords);
    }
    return bytes;
  }

  /** An RTCP packet with random contents and size; lengths inside are not made to fit. */
  static byte[] randomRtcp(Random random, int ssrc) {
    byte[] bytes = new byte[8 + random.nextInt(1200)];
    random.nextBytes(bytes);
    bytes[0] = (byte) 0x81;
    bytes[1] = (byte) 200;
    ByteBuffer.wrap(bytes).putInt(4, ssrc);
    return bytes;
  }

  static byte[] protect(SrtpSender sender, byte[] rtp) {
    PacketBuffer buffer = buffer(rtp);
    sender.protect(buffer);
    return buffer.toByteArray();
  }

  static byte[] protectRtcp(SrtpSender sender, byte[] rtcp) {
    PacketBuffer buffer = buffer(rtcp);
    sender.protectRtcp(buffer);
    return buffer.toByteArray();
  }

  static SrtpResult unprotect(SrtpReceiver receiver, byte[] srtp) {
    return receiver.unprotect(buffer(srtp));
  }

  static SrtpResult unprotectRtcp(SrtpReceiver receiver, byte[] srtcp) {
    return receiver.unprotectRtcp(buffer(srtcp));
  }
}
