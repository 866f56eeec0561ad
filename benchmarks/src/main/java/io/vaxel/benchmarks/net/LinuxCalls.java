package io.vaxel.benchmarks.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

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
 * The five calls to the C library that TUN devices need. One instance for one thread, because of
 * the memory that errors are reported in.
 */
final class LinuxCalls {
  static final int EINTR = 4;
  static final int EAGAIN = 11;

  private static final StructLayout ERROR = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      ERROR.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final MemorySegment error = Arena.ofAuto().allocate(ERROR);
  private final MethodHandle open;
  private final MethodHandle close;
  private final MethodHandle ioctl;
  private final MethodHandle read;
  private final MethodHandle write;
  private final MethodHandle ppoll;

  LinuxCalls() {
    // open and ioctl take variable arguments, which some platforms pass differently.
    open = find("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
    close = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), -1);
    ioctl = find("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
    read = find("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), -1);
    write = find("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), -1);
    ppoll =
        find("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS), -1);
  }

  private static MethodHandle find(String name, FunctionDescriptor signature, int variadic) {
    Linker linker = Linker.nativeLinker();
    MemorySegment symbol = linker.defaultLookup().findOrThrow(name);
    Linker.Option errno = Linker.Option.captureCallState("errno");
    return variadic < 0
        ? linker.downcallHandle(symbol, signature, errno)
        : linker.downcallHandle(symbol, signature, errno, Linker.Option.firstVariadicArg(variadic));
  }

  int open(MemorySegment path, int flags) throws IOException {
    try {
      return check("open", (int) open.invokeExact(error, path, flags));
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  void close(int descriptor) {
    try {
      int ignored = (int) close.invokeExact(error, descriptor);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  void ioctl(int descriptor, long request, MemorySegment argument) throws IOException {
    try {
      check("ioctl", (int) ioctl.invokeExact(error, descriptor, request, argument));
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** Bytes read, or -1 when there is nothing to read now. */
  int read(int descriptor, MemorySegment buffer) throws IOException {
    try {
      long count = (long) read.invokeExact(error, descriptor, buffer, buffer.byteSize());
      if (count < 0 && (errno() == EAGAIN || errno() == EINTR)) {
        return -1;
      }
      return check("read", (int) count);
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  /** Whether the packet was taken; a device that is full or down takes none. */
  boolean write(int descriptor, MemorySegment packet) {
    try {
      return (long) write.invokeExact(error, descriptor, packet, packet.byteSize())
          == packet.byteSize();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Waits until a descriptor can be read.
   *
   * @param descriptors {@code struct pollfd[count]}
   * @param timeout {@code struct timespec}
   */
  void poll(MemorySegment descriptors, int count, MemorySegment timeout) throws IOException {
    try {
      int ready =
          (int) ppoll.invokeExact(error, descriptors, (long) count, timeout, MemorySegment.NULL);
      if (ready < 0 && errno() != EINTR) {
        check("ppoll", ready);
      }
    } catch (Throwable e) {
      throw rethrow(e);
    }
  }

  private int errno() {
    return (int) ERRNO.get(error, 0L);
  }

  private int check(String call, int result) throws IOException {
    if (result < 0) {
      throw new IOException(call + " failed with error " + errno());
    }
    return result;
  }

  private static IOException rethrow(Throwable e) {
    return e instanceof IOException io ? io : new IOException(e);
  }
}
