package io.vaxel.media.dtls;

import org.bouncycastle.tls.TlsFatalAlert;

/** Our own reason to end a handshake, carried through the library, which sends the alert. */
final class DtlsRejection extends TlsFatalAlert {
  private final DtlsFailure.Reason reason;
  private final String detail;

  /**
   * @param alert what the peer is told (RFC 5246 section 7.2)
   */
  DtlsRejection(short alert, DtlsFailure.Reason reason, String detail) {
    super(alert, detail);
    this.reason = reason;
    this.detail = detail;
  }

  DtlsFailure failure() {
    return new DtlsFailure(reason, detail);
  }
}
