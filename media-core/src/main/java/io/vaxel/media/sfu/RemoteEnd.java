package io.vaxel.media.sfu;

import io.vaxel.media.dtls.DtlsRole;
import io.vaxel.media.sdp.Negotiated;
import io.vaxel.media.sdp.RemoteTransport;
import io.vaxel.media.sdp.SdpException;
import io.vaxel.media.sdp.Setup;
import io.vaxel.media.transport.PeerTransport;
import org.jspecify.annotations.Nullable;

/**
 * The peer's end of a connection, as its SDP tells it. Its certificate may not change: a client
 * with another one opens a new connection. Its ICE credentials change in a restart (RFC 8839
 * section 4.4.1.1.1), over which DTLS stays (RFC 8842 section 5.4).
 */
final class RemoteEnd {
  private final PeerTransport transport;
  private @Nullable RemoteTransport known;

  RemoteEnd(PeerTransport transport) {
    this.transport = transport;
  }

  /** Whether the peer has described itself. */
  boolean isKnown() {
    return known != null;
  }

  /**
   * Whether the peer's description has other ICE credentials than the one before.
   *
   * @throws SdpException when it has another certificate
   */
  boolean restarts(Negotiated negotiated) throws SdpException {
    RemoteTransport remote = negotiated.remote();
    RemoteTransport before = known;
    if (remote == null || before == null) {
      return false;
    }
    if (!before.fingerprint().equals(remote.fingerprint())) {
      throw new SdpException("the certificate's fingerprint may not change in a connection");
    }
    return !before.ice().equals(remote.ice());
  }

  /**
   * Holds an answer to what its offer asked for.
   *
   * @param offerRestarts whether the offer had new credentials
   * @throws SdpException when only one of the two did
   */
  void checkAnswer(Negotiated negotiated, boolean offerRestarts) throws SdpException {
    boolean restarts = restarts(negotiated);
    if (negotiated.remote() != null && restarts != offerRestarts) {
      throw new SdpException(
          offerRestarts
              ? "the answer to an ICE restart must have new ICE credentials"
              : "an answer may change its ICE credentials only when the offer does");
    }
  }

  /** Tells the transport what the peer's description says, which has been checked. */
  void apply(Negotiated negotiated) {
    RemoteTransport remote = negotiated.remote();
    if (remote == null) {
      return;
    }
    RemoteTransport before = known;
    known = remote;
    if (before == null) {
      transport.setRemote(
          remote.ice().ufrag(),
          remote.fingerprint(),
          remote.setup() == Setup.ACTIVE ? DtlsRole.SERVER : DtlsRole.CLIENT);
    } else if (!before.ice().equals(remote.ice())) {
      transport.setRestarted(remote.ice().ufrag());
    }
  }
}
