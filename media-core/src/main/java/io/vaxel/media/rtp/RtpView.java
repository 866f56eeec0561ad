package io.vaxel.media.rtp;

import io.vaxel.media.packet.PacketBuffer;
import java.nio.ByteBuffer;

/**
 * Reads and changes one RTP packet in place (RFC 3550 section 5.1, header extensions RFC 8285).
 *
 * <p>A flyweight: it is wrapped around one packet after another and never allocates. Every offset
 * counts from the start of the packet, which is byte 0 of the buffer. After {@link #wrap} answered
 * false the other methods mean nothing. Used by one thread.
 */
public final class RtpView {
  /** Bytes of a header without CSRC list and extension. */
  public static final int FIXED_HEADER_LENGTH = 12;

  /** What {@link #extensionOffset} answers when the packet does not carry the element. */
  public static final int ABSENT = -1;

  private static final int ONE_BYTE_PROFILE = 0xbede;
  private static final int TWO_BYTE_PROFILE = 0x1000;

  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int length;
  private int headerLength;
  private int paddingLength;
  private int extensionStart;
  private int extensionEnd;
  private int elementHeader;

  /**
   * Looks at the packet in the first {@code length} bytes of {@code bytes}, decrypted already.
   *
   * @return false if it is not an RTP packet whose CSRC list, extension and padding lie within it
   */
  public boolean wrap(ByteBuffer bytes, int length) {
    if (length < FIXED_HEADER_LENGTH || length > bytes.capacity()) {
      return false;
    }
    int first = bytes.get(0);
    if ((first & 0xc0) != 0x80) {
      return false;
    }
    int header = FIXED_HEADER_LENGTH + 4 * (first & 0x0f);
    int start = 0;
    int end = 0;
    int element = 0;
    if ((first & 0x10) != 0) {
      if (header + 4 > length) {
        return false;
      }
      int profile = Short.toUnsignedInt(bytes.getShort(header));
      start = header + 4;
      end = start + 4 * Short.toUnsignedInt(bytes.getShort(header + 2));
      header = end;
      element = profile == ONE_BYTE_PROFILE ? 1 : (profile & 0xfff0) == TWO_BYTE_PROFILE ? 2 : 0;
    }
    if (header > length) {
      return false;
    }
    int padding = 0;
    if ((first & 0x20) != 0) {
      padding = header == length ? 0 : bytes.get(length - 1) & 0xff;
      if (padding == 0 || padding > length - header) {
        return false;
      }
    }
    this.bytes = bytes;
    this.length = length;
    this.headerLength = header;
    this.paddingLength = padding;
    this.extensionStart = start;
    this.extensionEnd = end;
    this.elementHeader = element;
    return true;
  }

  /** {@link #wrap(ByteBuffer, int)} for the datagram in {@code packet}. */
  public boolean wrap(PacketBuffer packet) {
    return wrap(packet.bytes(), packet.length());
  }

  /** The buffer that this view reads and writes. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Bytes of the whole packet, padding included. */
  public int length() {
    return length;
  }

  /** The marker bit: last packet of a video frame, first of a talk spurt. */
  public boolean marker() {
    return bytes.get(1) < 0;
  }

  /** Sets the marker bit. */
  public void marker(boolean set) {
    bytes.put(1, (byte) ((bytes.get(1) & 0x7f) | (set ? 0x80 : 0)));
  }

  /** The payload type, 0 to 127. */
  public int payloadType() {
    return bytes.get(1) & 0x7f;
  }

  /** Sets the payload type, 0 to 127. */
  public void payloadType(int payloadType) {
    bytes.put(1, (byte) ((bytes.get(1) & 0x80) | (payloadType & 0x7f)));
  }

  /** The sequence number, 0 to 65,535. */
  public int sequenceNumber() {
    return Short.toUnsignedInt(bytes.getShort(2));
  }

  /** Sets the sequence number to the low 16 bits of {@code sequence}. */
  public void sequenceNumber(int sequence) {
    bytes.putShort(2, (short) sequence);
  }

  /** The timestamp in ticks of the payload's clock, as 32 bits that wrap. */
  public int timestamp() {
    return bytes.getInt(4);
  }

  /** Sets the timestamp. */
  public void timestamp(int timestamp) {
    bytes.putInt(4, timestamp);
  }

  /** The synchronisation source, as 32 bits. */
  public int ssrc() {
    return bytes.getInt(8);
  }

  /** Sets the synchronisation source. */
  public void ssrc(int ssrc) {
    bytes.putInt(8, ssrc);
  }

  /** Bytes before the payload: fixed header, CSRC list and extension. */
  public int headerLength() {
    return headerLength;
  }

  /** Where the payload starts; the same as {@link #headerLength()}. */
  public int payloadOffset() {
    return headerLength;
  }

  /** Bytes of payload without padding; 0 for a packet that is only padding. */
  public int payloadLength() {
    return length - headerLength - paddingLength;
  }

  /** Bytes of padding at the end, its count byte included; 0 to 255. */
  public int paddingLength() {
    return paddingLength;
  }

  /**
   * Where the value of the header extension element {@code id} starts, or {@link #ABSENT}. An
   * element that would reach past the extension ends the search (RFC 8285 section 4).
   *
   * @param id 1 to 14, or to 255 in the two-byte form
   */
  public int extensionOffset(int id) {
    int at = extensionStart;
    int end = elementHeader == 0 ? at : extensionEnd;
    while (at < end) {
      int elementId = elementIdAt(at);
      if (elementId == 0) {
        at++;
        continue;
      }
      int value = at + elementHeader;
      if (elementId < 0 || value > end || value + extensionLengthAt(value) > end) {
        return ABSENT;
      }
      if (elementId == id) {
        return value;
      }
      at = value + extensionLengthAt(value);
    }
    return ABSENT;
  }

  /** Bytes of the value of element {@code id}, or {@link #ABSENT}. 0 only in the two-byte form. */
  public int extensionLength(int id) {
    int offset = extensionOffset(id);
    return offset == ABSENT ? ABSENT : extensionLengthAt(offset);
  }

  /** Bytes of the value that starts at {@code offset}, as {@link #extensionOffset} answered it. */
  public int extensionLengthAt(int offset) {
    int octet = bytes.get(offset - 1) & 0xff;
    return elementHeader == 1 ? (octet & 0x0f) + 1 : octet;
  }

  /**
   * The id of the element that starts at {@code at}; 0 for a byte of padding; −1 where elements end
   * early: the reserved id 15 of the one-byte form, and id 0 with a length (RFC 8285 section 4.2).
   */
  int elementIdAt(int at) {
    int octet = bytes.get(at) & 0xff;
    if (elementHeader == 2 || octet == 0) {
      return octet;
    }
    int id = octet >> 4;
    return id == 0 || id == 15 ? -1 : id;
  }

  /** Bytes of an element's header, 1 or 2; 0 if there is no extension of RFC 8285. */
  int elementHeader() {
    return elementHeader;
  }

  int extensionStart() {
    return extensionStart;
  }

  int extensionEnd() {
    return extensionEnd;
  }

  /**
   * True if the datagram may be RTP or SRTP rather than RTCP: version 2, room for a header, and no
   * payload type of RTCP (RFC 5761 section 4).
   */
  public static boolean looksLikeRtp(ByteBuffer bytes, int length) {
    if (length < FIXED_HEADER_LENGTH || (bytes.get(0) & 0xc0) != 0x80) {
      return false;
    }
    int payloadType = bytes.get(1) & 0x7f;
    return payloadType < 64 || payloadType > 95;
  }

  /** The SSRC of a packet of at least {@link #FIXED_HEADER_LENGTH} bytes, encrypted or not. */
  public static int peekSsrc(ByteBuffer bytes) {
    return bytes.getInt(8);
  }

  /** The sequence number of a packet of at least {@link #FIXED_HEADER_LENGTH} bytes. */
  public static int peekSequenceNumber(ByteBuffer bytes) {
    return Short.toUnsignedInt(bytes.getShort(2));
  }

  /** The payload type of a packet of at least {@link #FIXED_HEADER_LENGTH} bytes. */
  public static int peekPayloadType(ByteBuffer bytes) {
    return bytes.get(1) & 0x7f;
  }
}
