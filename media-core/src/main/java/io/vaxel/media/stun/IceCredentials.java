package io.vaxel.media.stun;

import java.util.random.RandomGenerator;

/**
 * One side's user fragment and password for ICE (RFC 8445 section 5.3; lengths and characters RFC
 * 8839 section 5.4).
 *
 * @param ufrag 4 to 256 ice-chars
 * @param password 22 to 256 ice-chars; a secret, left out of {@link #toString()}
 */
public record IceCredentials(String ufrag, String password) {
  /** Characters in every fragment that we make: eight, so that it packs into a long. */
  public static final int UFRAG_LENGTH = 8;

  private static final int PASSWORD_LENGTH = 24; // 144 bits; 128 are required
  private static final String ICE_CHARS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  public IceCredentials {
    if (!isIceChars(ufrag, 4, 256)) {
      throw new IllegalArgumentException("ice-ufrag must be 4 to 256 ice-chars");
    }
    if (!isIceChars(password, 22, 256)) {
      throw new IllegalArgumentException("ice-pwd must be 22 to 256 ice-chars");
    }
  }

  /** New credentials from {@code random}, which must be cryptographically strong outside tests. */
  public static IceCredentials random(RandomGenerator random) {
    return new IceCredentials(chars(random, UFRAG_LENGTH), chars(random, PASSWORD_LENGTH));
  }

  /**
   * A fragment of ours as a key for a primitive map: its eight ASCII characters, big-endian. 0 for
   * a fragment of another length.
   */
  public static long ufragKey(String ufrag) {
    if (ufrag.length() != UFRAG_LENGTH) {
      return 0;
    }
    long key = 0;
    for (int i = 0; i < UFRAG_LENGTH; i++) {
      key = (key << 8) | (ufrag.charAt(i) & 0xFF);
    }
    return key;
  }

  /** True for {@code min} to {@code max} characters that ICE allows (RFC 8839 section 5.4). */
  public static boolean isIceChars(String text, int min, int max) {
    if (text.length() < min || text.length() > max) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (ICE_CHARS.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String chars(RandomGenerator random, int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "IceCredentials[" + ufrag + "]";
  }
}
