package io.vaxel.media.srtp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of OpenSSL 3's libcrypto that SRTP needs. To be touched only after {@link
 * LibcryptoLibrary#find()} has found the library.
 *
 * <p>Pointers are passed as addresses: a memory segment would be locked and unlocked on every call.
 * Callers keep the memory alive until the call returns. The calls of the packet path are linked as
 * critical: they last less than a microsecond or two, never block and never call back, and the
 * change of thread state would cost a good part of that.
 */
final class Libcrypto {
  /** EVP_CTRL_AEAD_GET_TAG of evp.h. */
  static final int GET_TAG = 0x10;

  /** EVP_CTRL_AEAD_SET_TAG of evp.h. */
  static final int SET_TAG = 0x11;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY = LibcryptoLibrary.find().orElseThrow();

  private static final MethodHandle CTX_NEW = plain("EVP_CIPHER_CTX_new", JAVA_LONG);
  private static final MethodHandle CTX_FREE = plainVoid("EVP_CIPHER_CTX_free", JAVA_LONG);
  private static final MethodHandle FETCH =
      plain("EVP_CIPHER_fetch", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle CIPHER_FREE = plainVoid("EVP_CIPHER_free", JAVA_LONG);

  private static final MethodHandle INIT =
      critical(
          "EVP_CipherInit_ex",
          JAVA_INT,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_INT);
  private static final MethodHandle CTRL =
      critical("EVP_CIPHER_CTX_ctrl", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle ENCRYPT_UPDATE = update("EVP_EncryptUpdate");
  private static final MethodHandle DECRYPT_UPDATE = update("EVP_DecryptUpdate");
  private static final MethodHandle ENCRYPT_FINAL =
      critical("EVP_EncryptFinal_ex", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle DECRYPT_FINAL =
      critical("EVP_DecryptFinal_ex", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle SHA1_INIT = critical("SHA1_Init", JAVA_INT, JAVA_LONG);
  private static final MethodHandle SHA1_UPDATE =
      critical("SHA1_Update", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle SHA1_FINAL =
      critical("SHA1_Final", JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle SHA1_TRANSFORM = criticalVoid("SHA1_Transform");

  private Libcrypto() {}

  /** A new EVP_CIPHER_CTX, or zero when memory is out. */
  static long newContext() {
    try {
      return (long) CTX_NEW.invokeExact();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void freeContext(long context) {
    try {
      CTX_FREE.invokeExact(context);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The EVP_CIPHER with the name at {@code name}, a C string; zero when there is none. */
  static long fetchCipher(long name) {
    try {
      return (long) FETCH.invokeExact(0L, name, 0L);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void freeCipher(long cipher) {
    try {
      CIPHER_FREE.invokeExact(cipher);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Sets what is not zero of cipher, key and initialization vector; {@code direction} is 1 to
   * encrypt, 0 to decrypt, -1 to leave it. True on success.
   */
  static boolean init(long context, long cipher, long key, long iv, int direction) {
    try {
      return (int) INIT.invokeExact(context, cipher, 0L, key, iv, direction) == 1;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static boolean control(long context, int command, int argument, long pointer) {
    try {
      return (int) CTRL.invokeExact(context, command, argument, pointer) == 1;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Encrypts {@code length} bytes, or with {@code out} zero takes them as associated data. */
  static boolean encryptUpdate(long context, long out, long outLength, long in, int length) {
    try {
      return (int) ENCRYPT_UPDATE.invokeExact(context, out, outLength, in, length) == 1;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static boolean decryptUpdate(long context, long out, long outLength, long in, int length) {
    try {
      return (int) DECRYPT_UPDATE.invokeExact(context, out, outLength, in, length) == 1;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static boolean encryptFinal(long context, long out, long outLength) {
    try {
      return (int) ENCRYPT_FINAL.invokeExact(context, out, outLength) == 1;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** False when the tag is wrong. */
  static boolean decryptFinal(long context, long out, long outLength) {
    try {
      return (int) DECRYPT_FINAL.invokeExact(context, out, outLength) == 1;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static boolean sha1Init(long state) {
    try {
      return (int) SHA1_INIT.invokeExact(state) == 1;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static boolean sha1Update(long state, long in, long length) {
    try {
      return (int) SHA1_UPDATE.invokeExact(state, in, length) == 1;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static boolean sha1Final(long digest, long state) {
    try {
      return (int) SHA1_FINAL.invokeExact(digest, state) == 1;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Hashes one block of 64 bytes, without padding. */
  static void sha1Transform(long state, long block) {
    try {
      SHA1_TRANSFORM.invokeExact(state, block);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** What a native call that declares Throwable cannot really throw. */
  static AssertionError unexpected(Throwable e) {
    return new AssertionError("a native call does not throw", e);
  }

  private static MethodHandle update(String name) {
    return critical(name, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
  }

  private static MethodHandle plain(String name, MemoryLayout result, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.of(result, arguments));
  }

  private static MethodHandle plainVoid(String name, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.ofVoid(arguments));
  }

  private static MethodHandle critical(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.of(result, arguments), Linker.Option.critical(false));
  }

  private static MethodHandle criticalVoid(String name) {
    return link(
        name, FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG), Linker.Option.critical(false));
  }

  private static MethodHandle link(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(LIBRARY.find(name).orElseThrow(), descriptor, options);
  }
}
