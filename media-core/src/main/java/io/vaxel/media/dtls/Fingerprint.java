package io.vaxel.media.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The hash of a certificate as SDP carries it in {@code a=fingerprint} (RFC 8122 section 5). SHA-1
 * and anything weaker than SHA-256 is refused. Equality ignores case, as the parts are normalised.
 *
 * @param algorithm {@code sha-256}, {@code sha-384} or {@code sha-512}; lower case
 * @param value the bytes in upper-case hexadecimal, separated by colons
 */
public record Fingerprint(String algorithm, String value) {
  /** The longest attribute value read: an algorithm name, a blank and 64 bytes in hexadecimal. */
  private static final int MAX_ATTRIBUTE = 7 + 1 + 64 * 3 - 1;

  private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

  /**
   * Checks and normalises.
   *
   * @throws IllegalArgumentException when the algorithm is not one of the three, or the value is
   *     not the hexadecimal form of exactly that hash's length
   */
  public Fingerprint {
    algorithm = algorithm.toLowerCase(Locale.ROOT);
    int bytes =
        switch (algorithm) {
          case "sha-256" -> 32;
          case "sha-384" -> 48;
          case "sha-512" -> 64;
          default ->
              throw new IllegalArgumentException(
                  "fingerprint algorithm must be sha-256, sha-384 or sha-512");
        };
    if (value.length() != bytes * 3 - 1) {
      throw new IllegalArgumentException("fingerprint must have " + bytes + " bytes");
    }
    try {
      value = HEX.formatHex(HEX.parseHex(value.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("fingerprint must be hexadecimal with colons", e);
    }
  }

  /**
   * Reads the value of an {@code a=fingerprint} attribute, such as {@code sha-256 AB:CD:...}.
   *
   * @throws IllegalArgumentException when it is not well formed or the algorithm is refused
   */
  public static Fingerprint parse(String attribute) {
    int blank = attribute.indexOf(' ');
    if (attribute.length() > MAX_ATTRIBUTE || blank < 0) {
      throw new IllegalArgumentException("fingerprint must be an algorithm, a blank and a hash");
    }
    return new Fingerprint(attribute.substring(0, blank), attribute.substring(blank + 1));
  }

  /** Whether {@code algorithm} is one of the three that are accepted; case does not count. */
  public static boolean isTrusted(String algorithm) {
    return switch (algorithm.toLowerCase(Locale.ROOT)) {
      case "sha-256", "sha-384", "sha-512" -> true;
      default -> false;
    };
  }

  /** The fingerprint of a certificate in DER. */
  static Fingerprint of(String algorithm, byte[] certificate) {
    return new Fingerprint(algorithm, HEX.formatHex(hash(algorithm, certificate)));
  }

  /** Whether {@code certificate}, in DER, has this fingerprint. */
  boolean matches(byte[] certificate) {
    return MessageDigest.isEqual(HEX.parseHex(value), hash(algorithm, certificate));
  }

  /** The attribute value, as {@link #parse} reads it. */
  @Override
  public String toString() {
    return algorithm + " " + value;
  }

  private static byte[] hash(String algorithm, byte[] certificate) {
    try {
      return MessageDigest.getInstance(algorithm).digest(certificate);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-2", e);
    }
  }
}
