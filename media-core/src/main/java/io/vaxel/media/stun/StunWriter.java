package io.vaxel.media.stun;

import io.vaxel.media.packet.PacketBuffer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Writes one STUN message at a time into a packet (RFC 8489). To be reused: {@link #begin} starts a
 * message, every call adds an attribute in wire order, and the packet is a complete message after
 * each of them. One thread at a time.
 */
public final class StunWriter {
  private final CRC32 crc = new CRC32();
  private @Nullable PacketBuffer packet;

  /** Starts a message with an empty body in {@code packet}, whatever that held before. */
  public StunWriter begin(
      PacketBuffer packet, int type, int transactionIdHigh, long transactionIdLow) {
    this.packet = packet;
    ByteBuffer bytes = packet.bytes();
    bytes.putShort(0, (short) type);
    bytes.putShort(2, (short) 0);
    bytes.putInt(4, Stun.MAGIC_COOKIE);
    bytes.putInt(8, transactionIdHigh);
    bytes.putLong(12, transactionIdLow);
    packet.length(Stun.HEADER_LENGTH);
    return this;
  }

  /** Adds an attribute with these bytes, padded with zeros. */
  public StunWriter attribute(int type, byte[] value) {
    int at = add(type, value.length);
    packet().bytes().put(at, value);
    return this;
  }

  /** PRIORITY, an unsigned 32-bit number (RFC 8445 section 7.1.1). */
  public StunWriter priority(long priority) {
    packet().bytes().putInt(add(Stun.PRIORITY, 4), (int) priority);
    return this;
  }

  /** USE-CANDIDATE: this check nominates (RFC 8445 section 7.1.2). */
  public StunWriter useCandidate() {
    add(Stun.USE_CANDIDATE, 0);
    return this;
  }

  /** ICE-CONTROLLING with our tie-breaker (RFC 8445 section 7.1.3). */
  public StunWriter iceControlling(long tieBreaker) {
    packet().bytes().putLong(add(Stun.ICE_CONTROLLING, 8), tieBreaker);
    return this;
  }

  /** ICE-CONTROLLED with our tie-breaker (RFC 8445 section 7.1.3). */
  public StunWriter iceControlled(long tieBreaker) {
    packet().bytes().putLong(add(Stun.ICE_CONTROLLED, 8), tieBreaker);
    return this;
  }

  /** XOR-MAPPED-ADDRESS (RFC 8489 section 14.2); the address must be resolved. */
  public StunWriter xorMappedAddress(InetSocketAddress mapped) {
    byte[] address = mapped.getAddress().getAddress();
    int at = add(Stun.XOR_MAPPED_ADDRESS, 4 + address.length);
    ByteBuffer bytes = packet().bytes();
    bytes.putShort(at, (short) (address.length == 4 ? 1 : 2));
    bytes.putShort(at + 2, (short) (mapped.getPort() ^ Stun.MAGIC_COOKIE >>> 16));
    for (int i = 0; i < address.length; i++) {
      bytes.put(at + 4 + i, (byte) (address[i] ^ bytes.get(4 + i)));
    }
    return this;
  }

  /** ERROR-CODE without a reason phrase, 300 to 699 (RFC 8489 section 14.8). */
  public StunWriter errorCode(int code) {
    packet().bytes().putInt(add(Stun.ERROR_CODE, 4), ((code / 100) << 8) | (code % 100));
    return this;
  }

  /** UNKNOWN-ATTRIBUTES: those of {@code request} that we do not know (RFC 8489 section 14.13). */
  public StunWriter unknownAttributes(StunMessage request) {
    int count = request.unknownAttributeCount();
    int at = add(Stun.UNKNOWN_ATTRIBUTES, 2 * count);
    for (int i = 0; i < count; i++) {
      packet().bytes().putShort(at + 2 * i, (short) request.unknownAttribute(i));
    }
    return this;
  }

  /** MESSAGE-INTEGRITY over everything written so far. */
  public StunWriter integrity(StunIntegrity integrity) {
    int before = packet().length();
    byte[] digest = integrity.digest(packet().bytes(), 0, before);
    return attribute(Stun.MESSAGE_INTEGRITY, digest);
  }

  /** FINGERPRINT over everything written so far; must be last. */
  public StunWriter fingerprint() {
    int before = packet().length();
    int at = add(Stun.FINGERPRINT, 4); // first, for the length in the header counts it
    packet().bytes().putInt(at, StunMessage.fingerprint(crc, packet().bytes(), 0, before));
    return this;
  }

  private int add(int type, int valueLength) {
    ByteBuffer bytes = packet().bytes();
    int at = packet().length();
    int end = at + 4 + Stun.padded(valueLength);
    packet().length(end); // refuses what does not fit before a byte is written
    bytes.putShort(at, (short) type);
    bytes.putShort(at + 2, (short) valueLength);
    if (valueLength % 4 != 0) {
      bytes.putInt(end - 4, 0);
    }
    bytes.putShort(2, (short) (end - Stun.HEADER_LENGTH));
    return at + 4;
  }

  private PacketBuffer packet() {
    if (packet == null) {
      throw new IllegalStateException("begin() comes first");
    }
    return packet;
  }
}
