package io.vaxel.media.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;

/** The server's side of one handshake, as the library asks for it. */
final class DtlsServer extends AbstractTlsServer {
  private final HandshakePolicy policy;

  DtlsServer(HandshakePolicy policy) {
    super(policy.crypto());
    this.policy = policy;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return HandshakePolicy.versions();
  }

  /** ECDSA alone, for that is what our certificate is. */
  @Override
  protected int[] getSupportedCipherSuites() {
    return new int[] {
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    };
  }

  @Override
  public int[] getSupportedGroups() {
    return new int[] {NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1};
  }

  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  @Override
  public int getMaxCertificateChainLength() {
    return HandshakePolicy.MAX_CHAIN;
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return policy.firstRetransmissionMillis();
  }

  @Override
  @SuppressWarnings("rawtypes") // the library's signature
  public void processClientExtensions(Hashtable clientExtensions) throws IOException {
    super.processClientExtensions(clientExtensions);
    policy.chooseProfile(
        clientExtensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(clientExtensions));
  }

  @Override
  @SuppressWarnings("unchecked") // the library's tables are Integer to byte[]
  public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
    Hashtable<Integer, byte[]> extensions = super.getServerExtensions();
    policy.answerProfile(extensions);
    return extensions;
  }

  @Override
  public TlsCredentials getCredentials() throws IOException {
    return policy.credentials(context);
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    return new CertificateRequest(
        new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
        HandshakePolicy.signatureAlgorithms(),
        null);
  }

  @Override
  public void notifyClientCertificate(Certificate clientCertificate) throws IOException {
    policy.checkCertificate(clientCertificate);
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    policy.exportKeys(context);
  }
}
