package io.vaxel.media.packet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Memory for one datagram: off-heap, of fixed capacity, written and read in place by every step of
 * the packet path.
 *
 * <p>The datagram is the first {@link #length()} bytes; bytes between length and capacity are room
 * for what protection appends. Only absolute access is used: the position and limit of {@link
 * #bytes()} stay at zero and capacity. Owned by one thread at a time.
 */
public final class PacketBuffer {
  /**
   * Bytes in every buffer. Holds an Ethernet MTU with every trailer that SRTP appends (RFC 3711,
   * RFC 7714), and keeps buffers aligned to cache lines.
   */
  public static final int CAPACITY = 2048;

  private final MemorySegment segment;
  private final ByteBuffer bytes;
  private int length;

  /**
   * Wraps {@code segment}, which must be native, of {@link #CAPACITY} bytes, and outlive this
   * buffer.
   */
  public PacketBuffer(MemorySegment segment) {
    if (!segment.isNative() || segment.byteSize() != CAPACITY) {
      throw new IllegalArgumentException("a native segment of " + CAPACITY + " bytes is needed");
    }
    this.segment = segment;
    this.bytes = segment.asByteBuffer();
  }

  /**
   * A buffer of its own, freed by the garbage collector; for tests, handshakes and other rare uses.
   */
  public static PacketBuffer allocate() {
    return new PacketBuffer(Arena.ofAuto().allocate(CAPACITY, 64));
  }

  /**
   * The memory as a big-endian byte buffer of {@link #CAPACITY} bytes; use absolute methods only.
   */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** The memory as the foreign-function API sees it. */
  public MemorySegment segment() {
    return segment;
  }

  /** Bytes of the datagram, 0 to {@link #CAPACITY}. */
  public int length() {
    return length;
  }

  /** Sets the datagram's length in bytes, 0 to {@link #CAPACITY}. */
  public void length(int length) {
    if (length < 0 || length > CAPACITY) {
      throw new IndexOutOfBoundsException(length);
    }
    this.length = length;
  }

  /** Makes this buffer hold a copy of {@code source}'s datagram. */
  public void copyFrom(PacketBuffer source) {
    bytes.put(0, source.bytes, 0, source.length);
    length = source.length;
  }

  /** Makes this buffer hold {@code count} bytes of {@code source} from {@code offset}. */
  public void copyFrom(byte[] source, int offset, int count) {
    bytes.put(0, source, offset, count);
    length = count;
  }

  /** A copy of the datagram, for tests and for what leaves the packet path. */
  public byte[] toByteArray() {
    byte[] copy = new byte[length];
    bytes.get(0, copy);
    return copy;
  }
}
