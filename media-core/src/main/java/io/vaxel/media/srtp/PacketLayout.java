package io.vaxel.media.srtp;

import io.vaxel.media.packet.PacketBuffer;
import java.nio.ByteBuffer;

/**
 * Where the parts of RTP and RTCP packets are, as far as protection must know (RFC 3550 sections
 * 5.1, 5.3.1 and 6.4.1). Reads within the given length only.
 */
final class PacketLayout {
  /** Bytes at the start of an RTCP packet that stay readable (RFC 3711 section 3.4). */
  static final int RTCP_HEADER = 8;

  /** The result of {@link #rtpHeaderLength} for what is no RTP packet. */
  static final int MALFORMED = -1;

  private static final int RTP_FIXED_HEADER = 12;
  private static final int EXTENSION_HEADER = 4;

  private PacketLayout() {}

  /**
   * Bytes of the RTP header with contributing sources and extension, which must lie within {@code
   * length}; {@link #MALFORMED} when it does not, or the version is not 2.
   */
  static int rtpHeaderLength(ByteBuffer packet, int length) {
    if (length < RTP_FIXED_HEADER) {
      return MALFORMED;
    }
    int first = packet.get(0);
    if ((first & 0xC0) != 0x80) {
      return MALFORMED;
    }
    int header = RTP_FIXED_HEADER + 4 * (first & 0x0F);
    if ((first & 0x10) != 0) {
      if (header + EXTENSION_HEADER > length) {
        return MALFORMED;
      }
      int words = packet.getShort(header + 2) & 0xFFFF;
      header += EXTENSION_HEADER + 4 * words;
    }
    return header <= length ? header : MALFORMED;
  }

  /** True when {@code length} bytes are enough for an RTCP header, and its version is 2. */
  static boolean isRtcp(ByteBuffer packet, int length) {
    return length >= RTCP_HEADER && (packet.get(0) & 0xC0) == 0x80;
  }

  static int rtpSequenceNumber(ByteBuffer packet) {
    return packet.getShort(2) & 0xFFFF;
  }

  static int rtpSsrc(ByteBuffer packet) {
    return packet.getInt(8);
  }

  static int rtcpSsrc(ByteBuffer packet) {
    return packet.getInt(4);
  }

  /**
   * The header length of an RTP packet that is to be sent.
   *
   * @throws IllegalArgumentException when it is none, or {@code overhead} more bytes do not fit
   */
  static int requireRtp(PacketBuffer packet, int overhead) {
    int header = rtpHeaderLength(packet.bytes(), packet.length());
    if (header == MALFORMED) {
      throw new IllegalArgumentException("not an RTP packet");
    }
    requireRoom(packet, overhead);
    return header;
  }

  /**
   * Checks an RTCP packet that is to be sent.
   *
   * @throws IllegalArgumentException when it is none, or {@code overhead} more bytes do not fit
   */
  static void requireRtcp(PacketBuffer packet, int overhead) {
    if (!isRtcp(packet.bytes(), packet.length())) {
      throw new IllegalArgumentException("not an RTCP packet");
    }
    requireRoom(packet, overhead);
  }

  private static void requireRoom(PacketBuffer packet, int overhead) {
    if (packet.length() + overhead > PacketBuffer.CAPACITY) {
      throw new IllegalArgumentException("no room for what protection appends");
    }
  }
}
