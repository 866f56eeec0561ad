package io.vaxel.media.transport;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An array of {@code struct mmsghdr} with everything they point to, in the layout of 64-bit Linux.
 * One thread.
 *
 * <pre>
 * mmsghdr (64 bytes): 0 msg_name  8 msg_namelen  16 msg_iov  24 msg_iovlen
 *                     32 msg_control  40 msg_controllen  48 msg_flags  56 msg_len
 * iovec (16 bytes):   0 iov_base  8 iov_len
 * </pre>
 */
final class MessageHeaders {
  /** Bytes of a socket address slot: a {@code sockaddr_in6}, rounded up. */
  static final int NAME_SIZE = 32;

  private static final int HEADER = 64;
  private static final int IOVEC = 16;

  /** CMSG_SPACE of the one control message we send, UDP_SEGMENT: a uint16. */
  private static final int CONTROL = 24;

  private static final long CONTROL_LENGTH = 18;

  private final MemorySegment headers;
  private final ByteBuffer header;
  private final ByteBuffer iovec;
  private final long iovecAddress;
  private final ByteBuffer names;
  private final ByteBuffer control;
  private final long controlAddress;

  MessageHeaders(Arena arena, int messages, int segments) {
    this.headers = arena.allocate((long) messages * HEADER, 64);
    MemorySegment iovecs = arena.allocate((long) segments * IOVEC, 64);
    MemorySegment nameSlots = arena.allocate((long) messages * NAME_SIZE, 64);
    MemorySegment controls = arena.allocate((long) messages * CONTROL, 64);
    this.header = headers.asByteBuffer().order(ByteOrder.nativeOrder());
    this.iovec = iovecs.asByteBuffer().order(ByteOrder.nativeOrder());
    this.iovecAddress = iovecs.address();
    this.names = nameSlots.asByteBuffer();
    this.control = controls.asByteBuffer().order(ByteOrder.nativeOrder());
    this.controlAddress = controls.address();
    for (int i = 0; i < messages; i++) {
      header.putLong(i * HEADER, nameSlots.address() + (long) i * NAME_SIZE);
      resetName(i);
      int at = i * CONTROL;
      control.putLong(at, CONTROL_LENGTH);
      control.putInt(at + 8, LinuxSockets.SOL_UDP);
      control.putInt(at + 12, LinuxSockets.UDP_SEGMENT);
    }
  }

  /** The array, as system calls take it. */
  MemorySegment segment() {
    return headers;
  }

  /** The array from message {@code first} on. */
  MemorySegment from(int first) {
    return headers.asSlice((long) first * HEADER);
  }

  /** Says where segment {@code index} lies and how long it is. */
  void payload(int index, MemorySegment memory, int length) {
    iovec.putLong(index * IOVEC, memory.address());
    iovec.putLong(index * IOVEC + 8, length);
  }

  /** Sets the length of segment {@code index}. */
  void payloadLength(int index, int length) {
    iovec.putLong(index * IOVEC + 8, length);
  }

  int payloadLength(int index) {
    return (int) iovec.getLong(index * IOVEC + 8);
  }

  /**
   * Starts message {@code message} whose segments begin at {@code firstSegment}; it has none yet.
   */
  void beginMessage(int message, int firstSegment) {
    int at = message * HEADER;
    header.putLong(at + 16, iovecAddress + (long) firstSegment * IOVEC);
    header.putLong(at + 24, 0);
    header.putLong(at + 32, 0);
    header.putLong(at + 40, 0);
    header.putInt(at + 48, 0);
  }

  /** Adds the next segment to {@code message}. */
  void addSegment(int message) {
    int at = message * HEADER + 24;
    header.putLong(at, header.getLong(at) + 1);
  }

  int segments(int message) {
    return (int) header.getLong(message * HEADER + 24);
  }

  int firstSegment(int message) {
    return (int) ((header.getLong(message * HEADER + 16) - iovecAddress) / IOVEC);
  }

  /** Has the kernel cut {@code message} into datagrams of {@code size} bytes (UDP GSO). */
  void segmentSize(int message, int size) {
    control.putShort(message * CONTROL + 16, (short) size);
    header.putLong(message * HEADER + 32, controlAddress + (long) message * CONTROL);
    header.putLong(message * HEADER + 40, CONTROL);
  }

  /** The socket addresses, {@link #NAME_SIZE} bytes each. */
  ByteBuffer names() {
    return names;
  }

  /** Sets the socket address of {@code message}. */
  void name(int message, byte[] address) {
    names.put(message * NAME_SIZE, address);
    header.putInt(message * HEADER + 8, address.length);
  }

  /** Makes room for the sender's address before receiving. */
  void resetName(int message) {
    header.putInt(message * HEADER + 8, 28);
  }

  int flags(int message) {
    return header.getInt(message * HEADER + 48);
  }

  int receivedLength(int message) {
    return header.getInt(message * HEADER + 56);
  }
}
