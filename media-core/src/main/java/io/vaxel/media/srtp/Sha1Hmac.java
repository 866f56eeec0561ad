package io.vaxel.media.srtp;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * HMAC-SHA1 with the key hashed beforehand (RFC 2104 section 4), on libcrypto's bare SHA-1: three
 * calls a packet and no allocation, where the EVP interface copies three contexts. The state is
 * SHA_CTX of sha.h: five words of hash first, 96 bytes in all.
 */
final class Sha1Hmac {
  /** Bytes of native memory that a computation needs. */
  static final int MEMORY = 384;

  private static final int BLOCK = 64;
  private static final int DIGEST = 20;
  private static final int STATE = 96;

  // Where things are in the memory.
  private static final int INNER = 0; // the state after the inner key block
  private static final int OUTER = STATE; // the state after the outer key block
  private static final int WORK = 2 * STATE;
  private static final int LAST_BLOCK = 3 * STATE; // inner digest, padding, length in bits

  private final MemorySegment memory;
  private final long address;

  /**
   * @param memory {@link #MEMORY} bytes, which the caller keeps alive
   * @param key up to 64 bytes
   */
  Sha1Hmac(MemorySegment memory, byte[] key) {
    this.memory = memory;
    this.address = memory.address();
    startWith(key, 0x36, INNER);
    startWith(key, 0x5C, OUTER);
    ByteBuffer last = memory.asSlice(LAST_BLOCK, BLOCK).fill((byte) 0).asByteBuffer();
    last.put(DIGEST, (byte) 0x80);
    last.putLong(BLOCK - Long.BYTES, 8L * (BLOCK + DIGEST));
  }

  private void startWith(byte[] key, int pad, int state) {
    ByteBuffer block = memory.asSlice(LAST_BLOCK, BLOCK).asByteBuffer();
    for (int i = 0; i < BLOCK; i++) {
      block.put(i, (byte) ((i < key.length ? key[i] : 0) ^ pad));
    }
    if (!Libcrypto.sha1Init(address + state)
        || !Libcrypto.sha1Update(address + state, address + LAST_BLOCK, BLOCK)) {
      throw new IllegalStateException("libcrypto cannot provide SHA-1");
    }
  }

  /** Computes the code over {@code length} bytes at {@code data}; read it by the methods below. */
  void compute(long data, int length) {
    MemorySegment.copy(memory, INNER, memory, WORK, STATE);
    Libcrypto.sha1Update(address + WORK, data, length);
    Libcrypto.sha1Final(address + LAST_BLOCK, address + WORK);
    MemorySegment.copy(memory, OUTER, memory, WORK, DIGEST);
    Libcrypto.sha1Transform(address + WORK, address + LAST_BLOCK);
  }

  /** Bytes 0 to 7 of the code, big-endian. */
  long first8() {
    return ((long) word(0) << 32) | (word(1) & 0xFFFFFFFFL);
  }

  /** Bytes 8 and 9 of the code, big-endian. */
  short next2() {
    return (short) (word(2) >>> 16);
  }

  private int word(int n) {
    return memory.get(JAVA_INT, WORK + 4L * n);
  }
}
