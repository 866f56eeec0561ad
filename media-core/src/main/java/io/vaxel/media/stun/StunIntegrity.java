package io.vaxel.media.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * MESSAGE-INTEGRITY (RFC 8489 section 14.5): HMAC-SHA1 under one key. One thread at a time; no
 * garbage after its scratch memory has grown to the size of the messages it sees.
 */
public final class StunIntegrity {
  private final Mac mac;
  private final byte[] digest = new byte[Stun.INTEGRITY_LENGTH];
  private byte[] scratch = new byte[160];

  /** A check with {@code key}, which must not be empty. */
  public StunIntegrity(byte[] key) {
    try {
      mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }

  /**
   * The short-term credential mechanism (RFC 8489 section 9.1.1): the key is the password. ICE
   * passwords are ASCII, so nothing is left for OpaqueString to prepare.
   */
  public static StunIntegrity shortTerm(String password) {
    return new StunIntegrity(password.getBytes(StandardCharsets.UTF_8));
  }

  /** True when {@code message} carries MESSAGE-INTEGRITY and it is right; takes constant time. */
  public boolean verifies(StunMessage message) {
    int value = message.attribute(Stun.MESSAGE_INTEGRITY);
    if (value < 0) {
      return false;
    }
    compute(message.bytes(), message.offset(), value - 4 - message.offset());
    int difference = 0;
    for (int i = 0; i < digest.length; i++) {
      difference |= digest[i] ^ message.bytes().get(value + i);
    }
    return difference == 0;
  }

  /** The digest for a message whose MESSAGE-INTEGRITY attribute begins {@code length} bytes in. */
  byte[] digest(ByteBuffer bytes, int offset, int length) {
    compute(bytes, offset, length);
    return digest;
  }

  private void compute(ByteBuffer bytes, int offset, int length) {
    if (scratch.length < length) {
      scratch = Arrays.copyOf(scratch, length);
    }
    bytes.get(offset, scratch, 0, length);
    // The header counts as if the message ended with this attribute.
    int declared = length + 4 + Stun.INTEGRITY_LENGTH - Stun.HEADER_LENGTH;
    scratch[2] = (byte) (declared >>> 8);
    scratch[3] = (byte) declared;
    mac.update(scratch, 0, length);
    try {
      mac.doFinal(digest, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the digest has 20 bytes", e);
    }
  }
}
