package io.vaxel.media.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A self-signed certificate with its key: who we are towards DTLS peers, which know us by the
 * fingerprint in SDP and by nothing else (RFC 8827 section 6.5). ECDSA on P-256. One for a server
 * process is normal. Immutable.
 */
public final class DtlsIdentity {
  /** Nobody checks the dates of a pinned certificate; a process should still not outlive them. */
  private static final Duration VALIDITY = Duration.ofDays(3650);

  private final PrivateKey privateKey;
  private final byte[] certificate;
  private final Fingerprint fingerprint;

  private DtlsIdentity(PrivateKey privateKey, byte[] certificate) {
    this.privateKey = privateKey;
    this.certificate = certificate;
    this.fingerprint = Fingerprint.of("sha-256", certificate);
  }

  /** A new key and certificate; some milliseconds of work. */
  public static DtlsIdentity generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      Instant now = Instant.now();
      X500Name name = new X500Name("CN=Vaxel");
      byte[] certificate =
          new JcaX509v3CertificateBuilder(
                  name,
                  new BigInteger(63, new SecureRandom()).setBit(62),
                  Date.from(now.minus(Duration.ofDays(1))), // peers' clocks may be behind
                  Date.from(now.plus(VALIDITY)),
                  name,
                  keys.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
              .getEncoded();
      return new DtlsIdentity(keys.getPrivate(), certificate);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("ECDSA on P-256 is missing from this Java platform", e);
    }
  }

  /** The SHA-256 fingerprint, for SDP. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  /** The certificate in DER. Not to be changed. */
  byte[] certificate() {
    return certificate;
  }
}
