package io.vaxel.media.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Hashtable;
import java.util.Vector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;

/**
 * A peer with an RSA certificate that shares none of our code above the library, with habits that
 * ours does not have. Exports the keys itself.
 */
final class ForeignPeer implements DatagramTransport {
  /** What it does; profile zero is no use_srtp at all. */
  record Habits(
      ProtocolVersion version,
      boolean extendedMasterSecret,
      boolean certificate,
      int profile,
      short hash) {
    Habits(
        ProtocolVersion version, boolean extendedMasterSecret, boolean certificate, int profile) {
      this(version, extendedMasterSecret, certificate, profile, HashAlgorithm.sha256);
    }

    static Habits good() {
      return signingWith(HashAlgorithm.sha256);
    }

    static Habits signingWith(short hash) {
      return new Habits(ProtocolVersion.DTLSv12, true, true, 7, hash);
    }
  }

  private static final KeyPair KEYS = rsaKeys();
  private static final byte[] CERTIFICATE = certificate();

  private final JcaTlsCrypto crypto = new JcaTlsCryptoProvider().create(new SecureRandom());
  private final LinkedBlockingQueue<byte[]> inbox = new LinkedBlockingQueue<>();
  private final Habits habits;
  private final Consumer<byte[]> output;

  ForeignPeer(Habits habits, Consumer<byte[]> output) {
    this.habits = habits;
    this.output = output;
  }

  static Fingerprint fingerprint() {
    return Fingerprint.of("sha-256", CERTIFICATE);
  }

  void deliver(byte[] datagram, int offset, int length) {
    inbox.add(Arrays.copyOfRange(datagram, offset, offset + length));
  }

  /** Runs the handshake as a client; completes with the exported material. */
  CompletableFuture<byte[]> connect() {
    return run(exported -> new DTLSClientProtocol().connect(new Client(exported), this));
  }

  /** Runs the handshake as a server; completes with the exported material. */
  CompletableFuture<byte[]> accept() {
    return run(exported -> new DTLSServerProtocol().accept(new Server(exported), this));
  }

  private interface Handshake {
    DTLSTransport run(CompletableFuture<byte[]> exported) throws IOException;
  }

  private static CompletableFuture<byte[]> run(Handshake handshake) {
    return CompletableFuture.supplyAsync(
        () -> {
          CompletableFuture<byte[]> exported = new CompletableFuture<>();
          try {
            handshake.run(exported).close();
            return exported.join();
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  @Override
  public int getReceiveLimit() {
    return 2048;
  }

  @Override
  public int getSendLimit() {
    return 1200;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) {
    try {
      byte[] datagram = inbox.poll(waitMillis, TimeUnit.MILLISECONDS);
      if (datagram == null) {
        return -1;
      }
      System.arraycopy(datagram, 0, buffer, offset, datagram.length);
      return datagram.length;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    output.accept(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void close() {}

  private TlsCredentialedSigner credentials(TlsContext context) throws IOException {
    Certificate chain =
        new Certificate(new TlsCertificate[] {crypto.createCertificate(CERTIFICATE)});
    SignatureAndHashAlgorithm algorithm =
        SignatureAndHashAlgorithm.getInstance(habits.hash, SignatureAlgorithm.rsa);
    return new JcaDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context), crypto, KEYS.getPrivate(), chain, algorithm);
  }

  private static void export(TlsContext context, CompletableFuture<byte[]> exported) {
    exported.complete(context.exportKeyingMaterial("EXTRACTOR-dtls_srtp", null, 56));
  }

  private final class Client extends DefaultTlsClient {
    private final CompletableFuture<byte[]> exported;

    Client(CompletableFuture<byte[]> exported) {
      super(crypto);
      this.exported = exported;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return habits.version.only();
    }

    @Override
    public boolean shouldUseExtendedMasterSecret() {
      return habits.extendedMasterSecret;
    }

    @Override
    @SuppressWarnings("unchecked") // the library's tables are Integer to byte[]
    public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
      Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
      if (habits.profile != 0) {
        TlsSRTPUtils.addUseSRTPExtension(
            extensions, new UseSRTPData(new int[] {habits.profile}, TlsUtils.EMPTY_BYTES));
      }
      return extensions;
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return new TlsAuthentication() {
        @Override
        public void notifyServerCertificate(TlsServerCertificate serverCertificate) {}

        @Override
        public @Nullable TlsCredentials getClientCredentials(CertificateRequest certificateRequest)
            throws IOException {
          return habits.certificate ? credentials(context) : null;
        }
      };
    }

    @Override
    public void notifyHandshakeComplete() {
      export(context, exported);
    }
  }

  private final class Server extends DefaultTlsServer {
    private final CompletableFuture<byte[]> exported;

    Server(CompletableFuture<byte[]> exported) {
      super(crypto);
      this.exported = exported;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return habits.version.only();
    }

    @Override
    public boolean shouldUseExtendedMasterSecret() {
      return habits.extendedMasterSecret;
    }

    @Override
    protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
      return credentials(context);
    }

    @Override
    @SuppressWarnings("unchecked") // the library's tables are Integer to byte[]
    public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
      Hashtable<Integer, byte[]> extensions = super.getServerExtensions();
      if (habits.profile != 0) {
        TlsSRTPUtils.addUseSRTPExtension(
            extensions, new UseSRTPData(new int[] {habits.profile}, TlsUtils.EMPTY_BYTES));
      }
      return extensions;
    }

    @Override
    @SuppressWarnings({"unchecked", "JdkObsolete"}) // the library takes nothing else
    public CertificateRequest getCertificateRequest() {
      Vector<SignatureAndHashAlgorithm> algorithms =
          TlsUtils.getDefaultSupportedSignatureAlgorithms(context);
      return new CertificateRequest(new short[] {1, 64}, algorithms, null);
    }

    @Override
    public void notifyClientCertificate(Certificate clientCertificate) {}

    @Override
    public void notifyHandshakeComplete() {
      export(context, exported);
    }
  }

  private static KeyPair rsaKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] certificate() {
    try {
      X500Name name = new X500Name("CN=foreign");
      PrivateKey key = KEYS.getPrivate();
      return new JcaX509v3CertificateBuilder(
              name,
              BigInteger.ONE,
              Date.from(Instant.EPOCH),
              Date.from(Instant.EPOCH.plusSeconds(1)), // dates mean nothing here
              name,
              KEYS.getPublic())
          .build(new JcaContentSignerBuilder("SHA256withRSA").build(key))
          .getEncoded();
    } catch (IOException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }
}
