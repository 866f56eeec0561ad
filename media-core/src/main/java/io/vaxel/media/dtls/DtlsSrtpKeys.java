package io.vaxel.media.dtls;

import java.util.Arrays;

/**
 * The SRTP master keys and salts that a handshake gave (RFC 5764 section 4.2). The arrays belong to
 * whoever receives this; they are never shown.
 *
 * @param profileId the protection profile as use_srtp numbers it, one of the constants here
 * @param localKey protects what is sent
 * @param localSalt goes with {@code localKey}
 * @param remoteKey opens what is received
 * @param remoteSalt goes with {@code remoteKey}
 */
@SuppressWarnings("ArrayRecordComponent") // keys are handed over, never compared
public record DtlsSrtpKeys(
    int profileId, byte[] localKey, byte[] localSalt, byte[] remoteKey, byte[] remoteSalt) {
  /** AES in counter mode with HMAC-SHA1, 80 bit tag (RFC 5764 section 4.1.2). */
  public static final int AES128_CM_HMAC_SHA1_80 = 0x0001;

  /** AES-128-GCM (RFC 7714 section 14.2). */
  public static final int AEAD_AES_128_GCM = 0x0007;

  /** AES-256-GCM (RFC 7714 section 14.2). */
  public static final int AEAD_AES_256_GCM = 0x0008;

  /** The exporter's label (RFC 5764 section 4.2). */
  static final String EXPORTER_LABEL = "EXTRACTOR-dtls_srtp";

  /**
   * Cuts exported material, which is client key, server key, client salt, server salt.
   *
   * @param material exactly {@link #materialLength} bytes
   */
  static DtlsSrtpKeys split(int profileId, byte[] material, DtlsRole role) {
    int key = keyLength(profileId);
    int salt = saltLength(profileId);
    if (material.length != 2 * (key + salt)) {
      throw new IllegalArgumentException("keying material of the wrong length");
    }
    byte[] clientKey = Arrays.copyOfRange(material, 0, key);
    byte[] serverKey = Arrays.copyOfRange(material, key, 2 * key);
    byte[] clientSalt = Arrays.copyOfRange(material, 2 * key, 2 * key + salt);
    byte[] serverSalt = Arrays.copyOfRange(material, 2 * key + salt, material.length);
    return role == DtlsRole.CLIENT
        ? new DtlsSrtpKeys(profileId, clientKey, clientSalt, serverKey, serverSalt)
        : new DtlsSrtpKeys(profileId, serverKey, serverSalt, clientKey, clientSalt);
  }

  /** Bytes to export for a profile. */
  static int materialLength(int profileId) {
    return 2 * (keyLength(profileId) + saltLength(profileId));
  }

  /**
   * Checks that a profile is one of the constants.
   *
   * @throws IllegalArgumentException when it is not
   */
  static void requireKnown(int profileId) {
    keyLength(profileId);
  }

  private static int keyLength(int profileId) {
    return switch (profileId) {
      case AES128_CM_HMAC_SHA1_80, AEAD_AES_128_GCM -> 16;
      case AEAD_AES_256_GCM -> 32;
      default -> throw new IllegalArgumentException("unknown SRTP profile " + profileId);
    };
  }

  private static int saltLength(int profileId) {
    return profileId == AES128_CM_HMAC_SHA1_80 ? 14 : 12;
  }

  @Override
  public String toString() {
    return "DtlsSrtpKeys[profileId=" + profileId + "]";
  }
}
