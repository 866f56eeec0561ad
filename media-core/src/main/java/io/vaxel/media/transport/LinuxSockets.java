package io.vaxel.media.transport;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The socket calls of Linux that Java does not offer: many datagrams a call ({@code recvmmsg(2)},
 * {@code sendmmsg(2)}) and what goes with them. Constants are those of the generic Linux ABI
 * (x86-64 and arm64). Every call reports a failure as the negative errno.
 */
final class LinuxSockets {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOL_SOCKET = 1;
  static final int SO_REUSEADDR = 2;
  static final int SO_SNDBUF = 7;
  static final int SO_RCVBUF = 8;
  static final int SO_SNDBUFFORCE = 32;
  static final int SO_RCVBUFFORCE = 33;
  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_V6ONLY = 26;
  static final int SOL_UDP = 17;
  static final int UDP_SEGMENT = 103;
  static final int MSG_TRUNC = 0x20;
  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_NOSIGNAL = 0x4000;

  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EAGAIN = 11;
  static final int EINVAL = 22;
  static final int EMSGSIZE = 90;
  static final int ENOBUFS = 105;

  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET =
      bind("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      bind("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      bind(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle GETSOCKNAME =
      bind("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle RECVMMSG =
      bind(
          "recvmmsg",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle SENDMMSG =
      bind("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));

  private LinuxSockets() {}

  private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }

  /** Memory that calls leave errno in; one for each thread that calls. */
  static MemorySegment newErrno(Arena arena) {
    return arena.allocate(CAPTURE);
  }

  /** A new non-blocking UDP socket. */
  static int socket(int family) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = newErrno(arena);
      int fd =
          (int) SOCKET.invokeExact(errno, family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
      return check("socket", fd, errno);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  static void bind(int fd, MemorySegment address) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = newErrno(arena);
      check("bind", (int) BIND.invokeExact(errno, fd, address, (int) address.byteSize()), errno);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** Sets an option of type int; false when the kernel refuses. */
  static boolean setOption(int fd, int level, int name, int value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = newErrno(arena);
      MemorySegment holder = arena.allocateFrom(JAVA_INT, value);
      return (int) SETSOCKOPT.invokeExact(errno, fd, level, name, holder, 4) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fills {@code address} with the address that the socket is bound to. */
  static void localAddress(int fd, MemorySegment address) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = newErrno(arena);
      MemorySegment length = arena.allocateFrom(JAVA_INT, (int) address.byteSize());
      check("getsockname", (int) GETSOCKNAME.invokeExact(errno, fd, address, length), errno);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /**
   * Receives up to {@code count} datagrams without waiting: their number, or the negative errno.
   */
  static int receive(MemorySegment errno, int fd, MemorySegment messages, int count) {
    try {
      int received =
          (int) RECVMMSG.invokeExact(errno, fd, messages, count, MSG_DONTWAIT, MemorySegment.NULL);
      return received >= 0 ? received : -(int) ERRNO.get(errno, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends up to {@code count} messages without waiting: how many went, or the negative errno. */
  static int send(MemorySegment errno, int fd, MemorySegment messages, int count) {
    try {
      int sent =
          (int) SENDMMSG.invokeExact(errno, fd, messages, count, MSG_DONTWAIT | MSG_NOSIGNAL);
      return sent >= 0 ? sent : -(int) ERRNO.get(errno, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static int check(String call, int result, MemorySegment errno) throws IOException {
    if (result < 0) {
      throw new IOException(call + " failed with errno " + (int) ERRNO.get(errno, 0L));
    }
    return result;
  }

  private static IOException failure(Throwable e) {
    return e instanceof IOException io ? io : new IOException(e);
  }
}
