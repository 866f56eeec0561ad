package io.vaxel.media.srtp;

import org.jspecify.annotations.Nullable;

/**
 * The protection profiles offered and accepted, best first: DTLS-SRTP negotiates one of them (RFC
 * 5764 section 4.1.2, RFC 7714 section 14.2). Without master key identifiers.
 */
public enum SrtpProfile {
  /** AES-GCM with a key of 128 bits and a tag of 16 bytes (RFC 7714). */
  AEAD_AES_128_GCM(0x0007, 16, 12, 16),
  /** AES-GCM with a key of 256 bits and a tag of 16 bytes (RFC 7714). */
  AEAD_AES_256_GCM(0x0008, 32, 12, 16),
  /** AES in counter mode with HMAC-SHA1 truncated to 10 bytes (RFC 3711, RFC 5764). */
  AES128_CM_SHA1_80(0x0001, 16, 14, 10);

  /** Bytes of the word that holds SRTCP's E flag and index (RFC 3711 section 3.4). */
  static final int SRTCP_WORD = 4;

  private final int dtlsId;
  private final int keyLength;
  private final int saltLength;
  private final int tagLength;

  SrtpProfile(int dtlsId, int keyLength, int saltLength, int tagLength) {
    this.dtlsId = dtlsId;
    this.keyLength = keyLength;
    this.saltLength = saltLength;
    this.tagLength = tagLength;
  }

  /** The profile with this identifier in DTLS's use_srtp extension, or null for one of others. */
  public static @Nullable SrtpProfile ofDtlsId(int id) {
    for (SrtpProfile profile : values()) {
      if (profile.dtlsId == id) {
        return profile;
      }
    }
    return null;
  }

  /** The identifier in DTLS's use_srtp extension: two bytes, as IANA registered them. */
  public int dtlsId() {
    return dtlsId;
  }

  /** Bytes of the master key, and of the session key for encryption. */
  public int keyLength() {
    return keyLength;
  }

  /** Bytes of the master salt, and of the session salt. */
  public int saltLength() {
    return saltLength;
  }

  /** Bytes of the authentication tag on RTP and RTCP packets. */
  public int tagLength() {
    return tagLength;
  }

  /** Bytes that protection adds to an RTP packet. */
  public int rtpOverhead() {
    return tagLength;
  }

  /** Bytes that protection adds to an RTCP packet: the tag, the E flag and the index. */
  public int rtcpOverhead() {
    return tagLength + SRTCP_WORD;
  }

  boolean isGcm() {
    return this != AES128_CM_SHA1_80;
  }
}
