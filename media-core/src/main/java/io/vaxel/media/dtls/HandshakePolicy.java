package io.vaxel.media.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * What one handshake insists on, whichever side we are: DTLS 1.2, the signalled certificate, an
 * SRTP profile in common. Holds what was agreed. Used on the association's thread only.
 */
final class HandshakePolicy {
  /** A browser's chain is one certificate; a few more are harmless. */
  static final int MAX_CHAIN = 4;

  private final JcaTlsCrypto crypto;
  private final DtlsSettings settings;
  private final DtlsRole role;
  private final DtlsIdentity identity;
  private final Fingerprint remote;
  private final int[] srtpProfiles;
  private int agreedProfile;
  private @Nullable DtlsSrtpKeys keys;

  HandshakePolicy(
      JcaTlsCrypto crypto,
      DtlsSettings settings,
      DtlsRole role,
      DtlsIdentity identity,
      Fingerprint remote,
      int[] srtpProfiles) {
    this.crypto = crypto;
    this.settings = settings;
    this.role = role;
    this.identity = identity;
    this.remote = remote;
    this.srtpProfiles = srtpProfiles;
  }

  JcaTlsCrypto crypto() {
    return crypto;
  }

  int firstRetransmissionMillis() {
    return (int) settings.firstRetransmission().toMillis();
  }

  /** DTLS 1.0 has no AEAD and is forbidden (RFC 8996); 1.3 is not in the library. */
  static ProtocolVersion[] versions() {
    return ProtocolVersion.DTLSv12.only();
  }

  /**
   * What peers may sign with: what browsers make certificates for; no SHA-1. RSA-PSS is left out
   * because the library asks the Java platform for it by a name that only its own provider knows;
   * every TLS 1.2 peer with an RSA key has PKCS #1 as well (RFC 5246 section 7.4.1.4.1).
   */
  @SuppressWarnings("JdkObsolete") // the library takes nothing else
  static Vector<SignatureAndHashAlgorithm> signatureAlgorithms() {
    return new Vector<>(
        List.of(
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa),
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa),
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa),
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha384, SignatureAlgorithm.rsa),
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha512, SignatureAlgorithm.rsa)));
  }

  /** Our certificate, ready to sign this handshake. */
  TlsCredentialedSigner credentials(TlsContext context) throws IOException {
    Certificate certificate =
        new Certificate(new TlsCertificate[] {crypto.createCertificate(identity.certificate())});
    return new JcaDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        crypto,
        identity.privateKey(),
        certificate,
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }

  /** Refuses a peer whose first certificate is not the signalled one (RFC 8122 section 6.2). */
  void checkCertificate(Certificate chain) throws IOException {
    if (chain.isEmpty()) {
      throw new DtlsRejection(
          AlertDescription.bad_certificate,
          DtlsFailure.Reason.FINGERPRINT_MISMATCH,
          "the peer sent no certificate");
    }
    if (!remote.matches(chain.getCertificateAt(0).getEncoded())) {
      throw new DtlsRejection(
          AlertDescription.bad_certificate,
          DtlsFailure.Reason.FINGERPRINT_MISMATCH,
          "the peer's certificate does not have the signalled fingerprint");
    }
  }

  /** Adds the profiles we offer to a ClientHello's extensions (RFC 5764 section 4.1.1). */
  void offerProfiles(Hashtable<Integer, byte[]> extensions) throws IOException {
    TlsSRTPUtils.addUseSRTPExtension(
        extensions, new UseSRTPData(srtpProfiles, TlsUtils.EMPTY_BYTES));
  }

  /** Takes our first profile that the client offers. */
  void chooseProfile(@Nullable UseSRTPData offer) throws IOException {
    if (offer != null) {
      for (int ours : srtpProfiles) {
        for (int theirs : offer.getProtectionProfiles()) {
          if (ours == theirs) {
            agreedProfile = ours;
            return;
          }
        }
      }
    }
    throw noCommonProfile();
  }

  /** Adds the chosen profile to a ServerHello's extensions. */
  void answerProfile(Hashtable<Integer, byte[]> extensions) throws IOException {
    TlsSRTPUtils.addUseSRTPExtension(
        extensions, new UseSRTPData(new int[] {agreedProfile}, TlsUtils.EMPTY_BYTES));
  }

  /** Takes the server's answer, which must be one profile of ours and no key identifier. */
  void acceptProfile(@Nullable UseSRTPData answer) throws IOException {
    if (answer == null) {
      throw noCommonProfile();
    }
    int[] theirs = answer.getProtectionProfiles();
    for (int ours : srtpProfiles) {
      if (theirs.length == 1 && theirs[0] == ours && answer.getMki().length == 0) {
        agreedProfile = ours;
        return;
      }
    }
    throw new TlsFatalAlert(AlertDescription.illegal_parameter);
  }

  /** Exports the SRTP keys; only while the library reports the handshake complete. */
  void exportKeys(TlsContext context) {
    byte[] material =
        context.exportKeyingMaterial(
            DtlsSrtpKeys.EXPORTER_LABEL, null, DtlsSrtpKeys.materialLength(agreedProfile));
    keys = DtlsSrtpKeys.split(agreedProfile, material, role);
  }

  /** Hands out the exported keys, once. */
  DtlsSrtpKeys takeKeys() {
    DtlsSrtpKeys taken = keys;
    if (taken == null) {
      throw new IllegalStateException("no keys were exported");
    }
    keys = null;
    return taken;
  }

  private static DtlsRejection noCommonProfile() {
    return new DtlsRejection(
        AlertDescription.handshake_failure,
        DtlsFailure.Reason.NO_COMMON_SRTP_PROFILE,
        "no SRTP protection profile in common");
  }
}
