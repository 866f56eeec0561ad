package io.vaxel.media.srtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One EVP cipher context with its key and direction set for good, so that a packet sets the
 * initialization vector only; and the native memory that goes with it. Counted from creation to
 * {@link #close()}.
 */
final class NativeCipher implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final AtomicInteger open;
  private long context;

  /**
   * @param name OpenSSL's name of the cipher
   * @param memorySize bytes of {@link #memory()}
   * @param open counts the contexts that are not closed
   * @throws IllegalStateException when the library refuses
   */
  NativeCipher(String name, byte[] key, boolean encrypt, int memorySize, AtomicInteger open) {
    this.open = open;
    memory = arena.allocate(memorySize, 64);
    context = Libcrypto.newContext();
    open.incrementAndGet();
    if (context == 0 || !initialize(name, key, encrypt)) {
      close();
      throw new IllegalStateException("libcrypto cannot provide " + name);
    }
  }

  private boolean initialize(String name, byte[] key, boolean encrypt) {
    try (Arena temporary = Arena.ofConfined()) {
      long cipher = Libcrypto.fetchCipher(temporary.allocateFrom(name).address());
      if (cipher == 0) {
        return false;
      }
      MemorySegment nativeKey = temporary.allocateFrom(ValueLayout.JAVA_BYTE, key);
      boolean done = Libcrypto.init(context, cipher, nativeKey.address(), 0, encrypt ? 1 : 0);
      nativeKey.fill((byte) 0);
      Libcrypto.freeCipher(cipher); // the context holds a reference of its own
      return done;
    }
  }

  /**
   * The address of the context.
   *
   * @throws IllegalStateException when it is closed
   */
  long address() {
    if (context == 0) {
      throw new IllegalStateException("closed");
    }
    return context;
  }

  /** Zeroed memory that lives until {@link #close()}. */
  MemorySegment memory() {
    return memory;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      if (context != 0) {
        Libcrypto.freeContext(context);
        context = 0;
      }
      memory.fill((byte) 0); // keyed hash states may lie there
      arena.close();
      open.decrementAndGet();
    }
  }
}
