package io.vaxel.media.sfu;

import io.vaxel.media.dtls.DtlsRole;
import io.vaxel.media.sdp.Negotiated;
import io.vaxel.media.sdp.RemoteTransport;
import io.vaxel.media.sdp.SdpException;
import io.vaxel.media.sdp.Setup;
import io.vaxel.media.transport.PeerTransport;
import org.jspecify.annotations.Nullable;

/**
 * The peer's end of a connection as its SDP first told it. It may not change afterwards: a client
 * that changes networks opens a new connection.
 */
final class RemoteEnd {
  private final PeerTransport transport;
  private @Nullable RemoteTransport known;

  RemoteEnd(PeerTransport transport) {
    this.transport = transport;
  }

  /**
   * Tells the transport what the peer's description says.
   *
   * @throws SdpException when it says something else than before
   */
  void apply(Negotiated negotiated) throws SdpException {
    RemoteTransport remote = negotiated.remote();
    RemoteTransport before = known;
    if (remote == null) {
      return;
    }
    if (before == null) {
      known = remote;
      transport.setRemote(
          remote.ice().ufrag(),
          remote.fingerprint(),
          remote.setup() == Setup.ACTIVE ? DtlsRole.SERVER : DtlsRole.CLIENT);
      return;
    }
    if (!before.fingerprint().equals(remote.fingerprint())) {
      throw new SdpException("the certificate's fingerprint may not change in a connection");
    }
    if (!before.ice().ufrag().equals(remote.ice().ufrag())) {
      throw new SdpException("ICE restart is not supported: open a new connection");
    }
  }
}
