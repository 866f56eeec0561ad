package io.vaxel.media.dtls;

/**
 * What becomes of an association. Called on the association's own thread, so hand over to the loop
 * at once. Either {@link #connected} and later {@link #closed}, or {@link #failed} alone, or {@link
 * #closed} alone when {@link DtlsAssociation#close()} came before the handshake's end. Nothing at
 * all if the association was never started.
 */
public interface DtlsListener {
  /** The handshake is complete, the peer's certificate is the one signalled: SRTP may begin. */
  void connected(DtlsSrtpKeys keys);

  /** The handshake did not succeed; the association is over. */
  void failed(DtlsFailure failure);

  /** The association is over: closed here, by the peer's close_notify or by its fatal alert. */
  void closed();
}
