package io.vaxel.media.sdp;

import java.util.Locale;

/**
 * The hash of a certificate that DTLS must show (RFC 8122 section 5).
 *
 * @param algorithm lower-case hash name, such as {@code sha-256}
 * @param value upper-case hexadecimal bytes, separated by colons
 */
public record Fingerprint(String algorithm, String value) {
  private static final int MAX_BYTES = 64;

  public Fingerprint {
    algorithm = algorithm.toLowerCase(Locale.ROOT);
    value = value.toUpperCase(Locale.ROOT);
    if (!isHexBytes(value)) {
      throw new IllegalArgumentException("a fingerprint is hexadecimal bytes between colons");
    }
  }

  /** True for the hashes that are still trusted: SHA-2 of 256 bits and more. */
  public boolean isStrong() {
    return algorithm.equals("sha-256")
        || algorithm.equals("sha-384")
        || algorithm.equals("sha-512");
  }

  private static boolean isHexBytes(String text) {
    if (text.length() % 3 != 2 || text.length() > MAX_BYTES * 3) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (i % 3 == 2 ? c != ':' : Character.digit(c, 16) < 0 || c > 'F') {
        return false;
      }
    }
    return true;
  }
}
