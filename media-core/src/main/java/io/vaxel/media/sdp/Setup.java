package io.vaxel.media.sdp;

import java.util.Locale;

/** Who begins the DTLS handshake (RFC 8842 section 5.3). */
public enum Setup {
  /** Begins: the DTLS client. */
  ACTIVE,
  /** Waits: the DTLS server. */
  PASSIVE,
  /** Either; for offers. */
  ACTPASS;

  /** Lower-case, as SDP has it. */
  public String sdpName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
