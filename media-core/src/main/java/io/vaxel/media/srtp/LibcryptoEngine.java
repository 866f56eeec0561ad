package io.vaxel.media.srtp;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * SRTP by OpenSSL 3's libcrypto through the foreign-function API: off-heap, in place, no garbage
 * per packet.
 */
public final class LibcryptoEngine implements SrtpEngine {
  static final String NAME = "libcrypto";

  private final AtomicInteger openContexts = new AtomicInteger();

  /**
   * @throws IllegalStateException when OpenSSL 3 cannot be loaded
   */
  public LibcryptoEngine() {
    if (!isAvailable()) {
      throw new IllegalStateException("OpenSSL 3 (libcrypto) cannot be loaded");
    }
  }

  /** True where OpenSSL 3 can be loaded. */
  public static boolean isAvailable() {
    return LibcryptoLibrary.find().isPresent();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SrtpSender sender(SrtpKeys keys, int maxStreams) {
    return new LibcryptoSender(keys, maxStreams, openContexts);
  }

  @Override
  public SrtpReceiver receiver(SrtpKeys keys, int maxStreams) {
    return new LibcryptoReceiver(keys, maxStreams, openContexts);
  }

  /** Native cipher contexts of this engine's senders and receivers that are not closed. */
  public int openContexts() {
    return openContexts.get();
  }
}
