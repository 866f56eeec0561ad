package io.vaxel.media.srtp;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The master key and salt of one direction (RFC 5764 section 4.2). Holds copies; prints none of
 * them.
 */
public final class SrtpKeys {
  private final SrtpProfile profile;
  private final byte[] masterKey;
  private final byte[] masterSalt;

  /**
   * @throws IllegalArgumentException when a length is not the profile's
   */
  public SrtpKeys(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
    if (masterKey.length != profile.keyLength() || masterSalt.length != profile.saltLength()) {
      throw new IllegalArgumentException(
          profile
              + " needs a master key of "
              + profile.keyLength()
              + " bytes and a master salt of "
              + profile.saltLength());
    }
    this.profile = profile;
    this.masterKey = masterKey.clone();
    this.masterSalt = masterSalt.clone();
  }

  /** The profile the keys are for. */
  public SrtpProfile profile() {
    return profile;
  }

  /** A copy of the master key, {@link SrtpProfile#keyLength()} bytes. */
  public byte[] masterKey() {
    return masterKey.clone();
  }

  /** A copy of the master salt, {@link SrtpProfile#saltLength()} bytes. */
  public byte[] masterSalt() {
    return masterSalt.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SrtpKeys keys
        && profile == keys.profile
        && MessageDigest.isEqual(masterKey, keys.masterKey)
        && MessageDigest.isEqual(masterSalt, keys.masterSalt);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(masterSalt);
  }

  /** The profile alone: keys never reach a log. */
  @Override
  public String toString() {
    return "SrtpKeys[" + profile + "]";
  }
}
