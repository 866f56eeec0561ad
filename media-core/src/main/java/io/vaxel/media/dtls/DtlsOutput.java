package io.vaxel.media.dtls;

/** Where an association's datagrams go. Called on the association's own thread. */
@FunctionalInterface
public interface DtlsOutput {
  /**
   * Sends one datagram, at most {@link DtlsSettings#mtu()} bytes. The array is reused after this
   * returns. A datagram may be lost: the handshake repeats it.
   */
  void send(byte[] datagram, int offset, int length);
}
