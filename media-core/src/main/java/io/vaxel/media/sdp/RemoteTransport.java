package io.vaxel.media.sdp;

import io.vaxel.media.dtls.Fingerprint;
import io.vaxel.media.stun.IceCandidate;
import io.vaxel.media.stun.IceCredentials;
import java.util.List;

/**
 * The peer's end of a peer connection after offer and answer.
 *
 * @param ice the peer's credentials
 * @param fingerprint what its certificate must hash to
 * @param setup the peer's role: ACTIVE when it begins the DTLS handshake, PASSIVE when we do
 * @param candidates the peer's, {@code .local} names and all
 * @param iceLite true when the peer makes no checks of its own
 */
public record RemoteTransport(
    IceCredentials ice,
    Fingerprint fingerprint,
    Setup setup,
    List<IceCandidate> candidates,
    boolean iceLite) {
  public RemoteTransport {
    candidates = List.copyOf(candidates);
  }

  /** What a section says of its writer, whose role in DTLS has been settled as {@code setup}. */
  static RemoteTransport of(MediaDescription section, Setup setup, boolean iceLite)
      throws SdpException {
    IceCredentials ice = section.ice();
    Fingerprint fingerprint = section.fingerprint();
    if (ice == null) {
      throw new SdpException("mid " + section.mid() + " has no ice-ufrag and ice-pwd");
    }
    if (fingerprint == null) {
      throw new SdpException("mid " + section.mid() + " has no fingerprint by SHA-256 or better");
    }
    return new RemoteTransport(ice, fingerprint, setup, section.candidates(), iceLite);
  }
}
