package io.vaxel.media.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A STUN message as it lies in memory (RFC 8489 section 5). A view to be reused: {@link #wrap}
 * points it at bytes, which must stay unchanged while it is read. One thread at a time.
 *
 * <p>Where an attribute appears twice the first counts, and those behind MESSAGE-INTEGRITY do not
 * count at all, FINGERPRINT excepted (RFC 8489 section 14.5).
 */
public final class StunMessage {
  /** How many unknown attributes are remembered for an answer 420. */
  static final int MAX_UNKNOWN = 8;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final CRC32 crc = new CRC32();
  private final int[] unknown = new int[MAX_UNKNOWN];
  private int unknownCount;
  private ByteBuffer bytes = NOTHING;
  private int offset;
  private int end;
  private int integrityEnd;
  private int fingerprint;

  /**
   * Points this view at {@code length} bytes from {@code offset} of a big-endian buffer, and checks
   * the whole structure.
   *
   * @return false when these are not exactly one well-formed STUN message, or its FINGERPRINT is
   *     wrong; the view must not be read then
   */
  public boolean wrap(ByteBuffer bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    end = offset + length;
    integrityEnd = -1;
    fingerprint = -1;
    unknownCount = 0;
    return looksLikeStun(bytes, offset, length) && scanAttributes() && fingerprintHolds();
  }

  /** True when the header is that of a STUN message of {@code length} bytes; reads no attribute. */
  public static boolean looksLikeStun(ByteBuffer bytes, int offset, int length) {
    if (length < Stun.HEADER_LENGTH || bytes.get(offset) >>> 6 != 0) {
      return false;
    }
    int declared = Short.toUnsignedInt(bytes.getShort(offset + 2));
    return declared % 4 == 0
        && declared + Stun.HEADER_LENGTH == length
        && bytes.getInt(offset + 4) == Stun.MAGIC_COOKIE;
  }

  private boolean scanAttributes() {
    int at = offset + Stun.HEADER_LENGTH;
    while (at < end) {
      if (fingerprint >= 0 || end - at < 4) {
        return false; // FINGERPRINT is the last attribute (RFC 8489 section 14.7)
      }
      int type = Short.toUnsignedInt(bytes.getShort(at));
      int valueLength = Short.toUnsignedInt(bytes.getShort(at + 2));
      int next = at + 4 + Stun.padded(valueLength);
      if (next > end) {
        return false;
      }
      if (type == Stun.FINGERPRINT) {
        if (valueLength != 4) {
          return false;
        }
        fingerprint = at;
      } else if (integrityEnd < 0) {
        if (type == Stun.MESSAGE_INTEGRITY) {
          if (valueLength != Stun.INTEGRITY_LENGTH) {
            return false;
          }
          integrityEnd = next;
        } else if (!lengthFits(type, valueLength)) {
          return false;
        } else if (Stun.comprehensionRequired(type)
            && !Stun.understood(type)
            && unknownCount < MAX_UNKNOWN) {
          unknown[unknownCount++] = type;
        }
      }
      at = next;
    }
    return true;
  }

  private static boolean lengthFits(int type, int length) {
    return switch (type) {
      case Stun.PRIORITY -> length == 4;
      case Stun.USE_CANDIDATE -> length == 0;
      case Stun.ICE_CONTROLLED, Stun.ICE_CONTROLLING -> length == 8;
      case Stun.USERNAME -> length <= 513; // RFC 8489 section 14.3
      case Stun.ERROR_CODE -> length >= 4;
      case Stun.XOR_MAPPED_ADDRESS, Stun.MAPPED_ADDRESS -> length == 8 || length == 20;
      default -> true;
    };
  }

  private boolean fingerprintHolds() {
    return fingerprint < 0
        || bytes.getInt(fingerprint + 4) == fingerprint(crc, bytes, offset, fingerprint);
  }

  /** The FINGERPRINT value for the bytes in front of it (RFC 8489 section 14.7). */
  static int fingerprint(CRC32 crc, ByteBuffer bytes, int from, int to) {
    crc.reset();
    for (int i = from; i < to; i++) {
      crc.update(bytes.get(i));
    }
    return (int) crc.getValue() ^ Stun.FINGERPRINT_XOR;
  }

  /** Method and class, as {@link Stun#BINDING_REQUEST} and its like. */
  public int type() {
    return bytes.getShort(offset) & 0x3FFF;
  }

  /** The class bits: 0 request, 1 indication, 2 success, 3 error (RFC 8489 section 5). */
  public int messageClass() {
    int type = type();
    return (type >>> 7 & 2) | (type >>> 4 & 1);
  }

  /** The method without the class bits; Binding is 1. */
  public int method() {
    int type = type();
    return (type & 0x000F) | (type >>> 1 & 0x0070) | (type >>> 2 & 0x0F80);
  }

  /** The first 32 bits of the transaction id. */
  public int transactionIdHigh() {
    return bytes.getInt(offset + 8);
  }

  /** The last 64 bits of the transaction id. */
  public long transactionIdLow() {
    return bytes.getLong(offset + 12);
  }

  /** Index in {@link #bytes()} of the value of an attribute, or -1 when the message has none. */
  public int attribute(int type) {
    if (type == Stun.FINGERPRINT) {
      return fingerprint < 0 ? -1 : fingerprint + 4;
    }
    int limit = integrityEnd < 0 ? end : integrityEnd;
    for (int at = offset + Stun.HEADER_LENGTH;
        at < limit;
        at += 4 + Stun.padded(attributeLengthAt(at + 4))) {
      if (Short.toUnsignedInt(bytes.getShort(at)) == type) {
        return at + 4;
      }
    }
    return -1;
  }

  /** Bytes of the value that begins at {@code value}, an index from {@link #attribute}. */
  public int attributeLengthAt(int value) {
    return Short.toUnsignedInt(bytes.getShort(value - 2));
  }

  /** True when the attribute is there. */
  public boolean has(int type) {
    return attribute(type) >= 0;
  }

  /** The value of an attribute as UTF-8 text, or null when there is none; allocates. */
  public @Nullable String text(int type) {
    int value = attribute(type);
    if (value < 0) {
      return null;
    }
    byte[] copy = new byte[attributeLengthAt(value)];
    bytes.get(value, copy);
    return new String(copy, StandardCharsets.UTF_8);
  }

  /** True when USERNAME is exactly these bytes; allocates nothing. */
  boolean usernameIs(byte[] expected) {
    int value = attribute(Stun.USERNAME);
    if (value < 0 || attributeLengthAt(value) != expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (bytes.get(value + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The receiver's fragment in USERNAME, the part before the colon, as {@link
   * IceCredentials#ufragKey(String)} packs it; 0 when there is none or it is not one of ours. For
   * finding the peer connection of a first datagram.
   */
  public long localUfragKey() {
    int value = attribute(Stun.USERNAME);
    if (value < 0
        || attributeLengthAt(value) <= IceCredentials.UFRAG_LENGTH
        || bytes.get(value + IceCredentials.UFRAG_LENGTH) != ':') {
      return 0;
    }
    return bytes.getLong(value);
  }

  /** PRIORITY as an unsigned 32-bit number, or -1 when there is none. */
  public long priority() {
    int value = attribute(Stun.PRIORITY);
    return value < 0 ? -1 : Integer.toUnsignedLong(bytes.getInt(value));
  }

  /** The number of ERROR-CODE, 300 to 699, or -1 when there is none. */
  public int errorCode() {
    int value = attribute(Stun.ERROR_CODE);
    return value < 0 ? -1 : (bytes.get(value + 2) & 7) * 100 + bytes.get(value + 3);
  }

  /** XOR-MAPPED-ADDRESS (RFC 8489 section 14.2), or null when there is none; allocates. */
  public @Nullable InetSocketAddress xorMappedAddress() {
    int value = attribute(Stun.XOR_MAPPED_ADDRESS);
    if (value < 0) {
      return null;
    }
    byte[] address = new byte[attributeLengthAt(value) - 4];
    if (bytes.get(value + 1) != (address.length == 4 ? 1 : 2)) {
      return null;
    }
    for (int i = 0; i < address.length; i++) {
      // The mask, cookie and transaction id, is what the header holds from its byte 4.
      address[i] = (byte) (bytes.get(value + 4 + i) ^ bytes.get(offset + 4 + i));
    }
    int port = Short.toUnsignedInt(bytes.getShort(value + 2)) ^ Stun.MAGIC_COOKIE >>> 16;
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  /** How many comprehension-required attributes we do not know, at most {@link #MAX_UNKNOWN}. */
  public int unknownAttributeCount() {
    return unknownCount;
  }

  /** The type of one of them. */
  public int unknownAttribute(int index) {
    return unknown[index];
  }

  ByteBuffer bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }
}
