package io.vaxel.media.transport;

import io.vaxel.media.dtls.DtlsContext;
import io.vaxel.media.dtls.DtlsIdentity;
import io.vaxel.media.srtp.SrtpEngine;

/**
 * What all encrypted sessions of a process share.
 *
 * @param dtls crypto, limits and permits of handshakes
 * @param identity our certificate, whose fingerprint is in every SDP
 * @param srtp the engine that encrypts media
 */
public record MediaSecurity(DtlsContext dtls, DtlsIdentity identity, SrtpEngine srtp) {
  /** SRTP protection profiles in our order of preference (RFC 5764, RFC 7714): GCM is cheapest. */
  static final int[] SRTP_PROFILES = {0x0007, 0x0008, 0x0001};
}
