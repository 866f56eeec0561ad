package io.vaxel.common.credential;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One access key: a shared secret that signs requests. Immutable; never prints itself. */
public final class AccessKeyValue {
  private static final String ALGORITHM = "HmacSHA256";

  /** The block length of SHA-256: longer keys are hashed first and gain nothing (RFC 2104). */
  private static final int BYTES = 64;

  private final String base64;
  private final SecretKeySpec key;

  /**
   * @param base64 the key as connection strings carry it
   * @throws IllegalArgumentException when it is empty or not base64; the message does not hold it
   */
  public AccessKeyValue(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The access key is not base64");
    }
    if (bytes.length == 0) {
      throw new IllegalArgumentException("The access key is empty");
    }
    this.base64 = base64;
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** A new random key. */
  public static AccessKeyValue random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new AccessKeyValue(Base64.getEncoder().encodeToString(bytes));
  }

  /** The secret itself, for a connection string or the database. */
  public String reveal() {
    return base64;
  }

  /** A fresh HMAC-SHA256 under this key, for one thread. */
  Mac newMac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "AccessKeyValue[hidden]";
  }
}
