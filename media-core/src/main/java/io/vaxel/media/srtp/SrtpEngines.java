package io.vaxel.media.srtp;

/** Chooses an engine, once, at start. */
public final class SrtpEngines {
  private SrtpEngines() {}

  /** The libcrypto engine where OpenSSL 3 can be loaded, jitsi-srtp elsewhere. */
  public static SrtpEngine best() {
    return LibcryptoEngine.isAvailable() ? new LibcryptoEngine() : new JitsiEngine();
  }

  /**
   * The engine with this name: {@code libcrypto} or {@code jitsi}.
   *
   * @throws IllegalArgumentException for another name
   * @throws IllegalStateException when libcrypto is asked for and OpenSSL 3 cannot be loaded
   */
  public static SrtpEngine named(String name) {
    return switch (name) {
      case LibcryptoEngine.NAME -> new LibcryptoEngine();
      case JitsiEngine.NAME -> new JitsiEngine();
      default ->
          throw new IllegalArgumentException(
              "unknown SRTP engine '" + name + "'; there are libcrypto and jitsi");
    };
  }
}
