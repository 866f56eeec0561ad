package io.vaxel.media.srtp;

import java.util.Arrays;

/** What one kind of packet, RTP or RTCP, is protected with in one direction. */
final class SessionKeys {
  private final SrtpProfile profile;
  private final byte[] cipherKey;
  private final byte[] authKey;
  private final byte[] salt;

  /** Takes the arrays over; {@code authKey} is empty for GCM. */
  SessionKeys(SrtpProfile profile, byte[] cipherKey, byte[] authKey, byte[] salt) {
    this.profile = profile;
    this.cipherKey = cipherKey;
    this.authKey = authKey;
    this.salt = salt;
  }

  SrtpProfile profile() {
    return profile;
  }

  byte[] cipherKey() {
    return cipherKey;
  }

  byte[] authKey() {
    return authKey;
  }

  byte[] salt() {
    return salt;
  }

  /** Overwrites the keys with zeros, once they are where they are used. */
  void erase() {
    Arrays.fill(cipherKey, (byte) 0);
    Arrays.fill(authKey, (byte) 0);
    Arrays.fill(salt, (byte) 0);
  }
}
