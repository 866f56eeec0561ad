package io.vaxel.media.sdp;

import io.vaxel.media.dtls.Fingerprint;
import io.vaxel.media.stun.IceCandidate;
import io.vaxel.media.stun.IceCredentials;
import java.util.List;

/**
 * Our end of a peer connection, as a description tells it. All sections share it: everything is
 * bundled.
 *
 * @param ice our credentials
 * @param fingerprint of our certificate
 * @param answerSetup ACTIVE or PASSIVE, for answers to {@code actpass}; offers say {@code actpass}
 * @param candidates complete: there is no trickling
 * @param iceLite true for the server
 */
public record LocalTransport(
    IceCredentials ice,
    Fingerprint fingerprint,
    Setup answerSetup,
    List<IceCandidate> candidates,
    boolean iceLite) {
  public LocalTransport {
    if (answerSetup == Setup.ACTPASS) {
      throw new IllegalArgumentException("an answer chooses (RFC 8842 section 5.3)");
    }
    candidates = List.copyOf(candidates);
  }

  /** The same end after an ICE restart. */
  public LocalTransport withIce(IceCredentials restarted) {
    return new LocalTransport(restarted, fingerprint, answerSetup, candidates, iceLite);
  }

  /** The server's end: ICE-lite, and the DTLS server. */
  public static LocalTransport server(
      IceCredentials ice, Fingerprint fingerprint, List<IceCandidate> candidates) {
    return new LocalTransport(ice, fingerprint, Setup.PASSIVE, candidates, true);
  }

  /**
   * A client's end: a full ICE agent without candidates of its own to tell, and the DTLS client.
   */
  public static LocalTransport client(IceCredentials ice, Fingerprint fingerprint) {
    return new LocalTransport(ice, fingerprint, Setup.ACTIVE, List.of(), false);
  }
}
