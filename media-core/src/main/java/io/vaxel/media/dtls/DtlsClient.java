package io.vaxel.media.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;

/** The client's side of one handshake, as the library asks for it. */
final class DtlsClient extends AbstractTlsClient {
  private final HandshakePolicy policy;

  DtlsClient(HandshakePolicy policy) {
    super(policy.crypto());
    this.policy = policy;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return HandshakePolicy.versions();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return new int[] {
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
      CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
      CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
      CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    };
  }

  @Override
  @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the library takes nothing else
  protected Vector<Integer> getSupportedGroups(Vector namedGroupRoles) {
    return new Vector<>(List.of(NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1));
  }

  @Override
  protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
    return HandshakePolicy.signatureAlgorithms();
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
  @SuppressWarnings("unchecked") // the library's tables are Integer to byte[]
  public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
    Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
    policy.offerProfiles(extensions);
    return extensions;
  }

  @Override
  @SuppressWarnings("rawtypes") // the library's signature
  public void processServerExtensions(Hashtable serverExtensions) throws IOException {
    super.processServerExtensions(serverExtensions);
    policy.acceptProfile(
        serverExtensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(serverExtensions));
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate serverCertificate)
          throws IOException {
        policy.checkCertificate(serverCertificate.getCertificate());
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest certificateRequest)
          throws IOException {
        return policy.credentials(context);
      }
    };
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    policy.exportKeys(context);
  }
}
