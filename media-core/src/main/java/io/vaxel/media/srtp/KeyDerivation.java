package io.vaxel.media.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session keys from master keys: RFC 3711 section 4.3 with AES in counter mode, a key derivation
 * rate of zero, and for GCM the shorter salt filled up with zeros (RFC 7714 section 11).
 */
final class KeyDerivation {
  /** Bytes of a session key for HMAC-SHA1 (RFC 3711 section 5.2). */
  static final int AUTH_KEY_LENGTH = 20;

  private static final int IV_LENGTH = 16;
  private static final int LABEL_AT = 7;

  private KeyDerivation() {}

  /** The keys that RTP packets are protected with. */
  static SessionKeys rtp(SrtpKeys keys) {
    return derive(keys, 0);
  }

  /** The keys that RTCP packets are protected with. */
  static SessionKeys rtcp(SrtpKeys keys) {
    return derive(keys, 3);
  }

  // Labels: 0 to 2 for RTP's cipher key, authentication key and salt; 3 to 5 for RTCP's.
  private static SessionKeys derive(SrtpKeys keys, int label) {
    SrtpProfile profile = keys.profile();
    byte[] auth =
        profile.isGcm() ? new byte[0] : expand(keys, label + 1, KeyDerivation.AUTH_KEY_LENGTH);
    return new SessionKeys(
        profile,
        expand(keys, label, profile.keyLength()),
        auth,
        expand(keys, label + 2, profile.saltLength()));
  }

  private static byte[] expand(SrtpKeys keys, int label, int length) {
    byte[] iv = Arrays.copyOf(keys.masterSalt(), IV_LENGTH);
    iv[LABEL_AT] ^= (byte) label;
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(keys.masterKey(), "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(new byte[length]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES in counter mode", e);
    }
  }
}
