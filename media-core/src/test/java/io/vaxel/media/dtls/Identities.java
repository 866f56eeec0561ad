package io.vaxel.media.dtls;

/** Identities made once, as making them takes longer than a handshake. */
final class Identities {
  static final DtlsIdentity ONE = DtlsIdentity.generate();
  static final DtlsIdentity TWO = DtlsIdentity.generate();

  private Identities() {}
}
