package io.vaxel.benchmarks.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A network interface whose packets this process reads and writes. It goes away with {@link
 * #close()}, wherever it was moved. One thread at a time.
 */
final class TunDevice implements AutoCloseable {
  /** More than the default MTU of 1500 bytes. */
  private static final int LONGEST_PACKET = 2048;

  private static final int O_RDWR = 0x2;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final long TUNSETIFF = 0x400454CAL;
  private static final short IFF_TUN_NO_PI = 0x1001;
  private static final int INTERFACE_NAME_SIZE = 16;
  private static final int INTERFACE_REQUEST_SIZE = 40;

  private final LinuxCalls calls;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment packet = arena.allocate(LONGEST_PACKET);
  private final String name;
  private final int descriptor;

  private TunDevice(LinuxCalls calls, String wanted) throws IOException {
    this.calls = calls;
    this.descriptor =
        calls.open(arena.allocateFrom("/dev/net/tun"), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    MemorySegment request = arena.allocate(INTERFACE_REQUEST_SIZE);
    request.setString(0, wanted);
    request.set(JAVA_SHORT, INTERFACE_NAME_SIZE, IFF_TUN_NO_PI);
    try {
      calls.ioctl(descriptor, TUNSETIFF, request);
    } catch (IOException e) {
      calls.close(descriptor);
      throw e;
    }
    this.name = request.getString(0);
  }

  /**
   * Makes an interface in the namespace of this process.
   *
   * @param name at most 15 characters; the kernel replaces {@code %d} by a free number
   * @throws IOException without root or without {@code /dev/net/tun}
   */
  static TunDevice open(LinuxCalls calls, String name) throws IOException {
    return new TunDevice(calls, name);
  }

  /** The interface's name when it was made. */
  String name() {
    return name;
  }

  int descriptor() {
    return descriptor;
  }

  /** The next IP packet that the kernel wants to send through the interface, or null for none. */
  byte @Nullable [] read() throws IOException {
    int length = calls.read(descriptor, packet);
    return length <= 0 ? null : packet.asSlice(0, length).toArray(JAVA_BYTE);
  }

  /** Hands an IP packet to the kernel as received from the interface; false when it took none. */
  boolean write(byte[] bytes) {
    MemorySegment.copy(bytes, 0, packet, JAVA_BYTE, 0, bytes.length);
    return calls.write(descriptor, packet.asSlice(0, bytes.length));
  }

  @Override
  public void close() {
    calls.close(descriptor);
    arena.close();
  }
}
