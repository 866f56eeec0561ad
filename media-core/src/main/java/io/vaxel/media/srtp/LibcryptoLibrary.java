package io.vaxel.media.srtp;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/** Finds OpenSSL 3's libcrypto by the names it has on Linux and macOS. */
final class LibcryptoLibrary {
  private static final List<String> NAMES =
      List.of(
          "libcrypto.so.3",
          "libcrypto.3.dylib",
          "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib",
          "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib");

  /** Everything that {@link Libcrypto} calls. A build may leave the deprecated SHA1 calls out. */
  private static final List<String> SYMBOLS =
      List.of(
          "EVP_CIPHER_CTX_new",
          "EVP_CIPHER_CTX_free",
          "EVP_CIPHER_CTX_ctrl",
          "EVP_CIPHER_fetch",
          "EVP_CIPHER_free",
          "EVP_CipherInit_ex",
          "EVP_EncryptUpdate",
          "EVP_EncryptFinal_ex",
          "EVP_DecryptUpdate",
          "EVP_DecryptFinal_ex",
          "SHA1_Init",
          "SHA1_Update",
          "SHA1_Final",
          "SHA1_Transform");

  private LibcryptoLibrary() {}

  /** The library, loaded for good, or nothing when none of major version 3 is complete. */
  static Optional<SymbolLookup> find() {
    return NAMES.stream().flatMap(name -> open(name).stream()).findFirst();
  }

  private static Optional<SymbolLookup> open(String name) {
    SymbolLookup library;
    try {
      library = SymbolLookup.libraryLookup(name, Arena.global());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // how the JDK says that there is no such library
    }
    boolean complete = SYMBOLS.stream().allMatch(symbol -> library.find(symbol).isPresent());
    return complete && majorVersion(library) == 3 ? Optional.of(library) : Optional.empty();
  }

  private static int majorVersion(SymbolLookup library) {
    Optional<MemorySegment> function = library.find("OPENSSL_version_major");
    if (function.isEmpty()) {
      return 0;
    }
    try {
      return (int)
          Linker.nativeLinker()
              .downcallHandle(function.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT))
              .invokeExact();
    } catch (Throwable e) {
      throw Libcrypto.unexpected(e);
    }
  }
}
