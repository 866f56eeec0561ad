package io.vaxel.common.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of a server in its data folder: {@code ca.pem} to trust, {@code ca-key.pem}, and
 * {@code server.pem} with the server's key and chain. The authority is made once and stays, so that
 * clients keep trusting it; the server certificate is made again whenever it would not do. Blocks
 * on files; not to be used from two threads at once.
 */
public final class CertificateFolder {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateFolder.class);

  /** A server certificate this close to its end is replaced. */
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);

  private static final String CURE =
      " Restore the file from a backup, or remove ca.pem, ca-key.pem and server.pem together:"
          + " the server then makes new ones, and clients must trust the new ca.pem.";

  private final Path authorityFile;
  private final Path authorityKeyFile;
  private final Path serverFile;
  private final InstantSource clock;

  public CertificateFolder(Path folder, InstantSource clock) {
    this.authorityFile = folder.resolve("ca.pem");
    this.authorityKeyFile = folder.resolve("ca-key.pem");
    this.serverFile = folder.resolve("server.pem");
    this.clock = clock;
  }

  /** The certificate that clients have to trust. */
  public Path authorityFile() {
    return authorityFile;
  }

  /** The file with the server's key and certificates. */
  public Path serverFile() {
    return serverFile;
  }

  /**
   * The server's identity, made now where it is missing, about to expire, or lacks a name.
   *
   * @param names as of {@link ServerNames#ofThisMachine}
   * @throws DamagedCertificateException when a file is there but can't be used
   */
  public TlsIdentity identityFor(Collection<String> names) throws IOException {
    CertificateAuthority authority = authority();
    if (Files.exists(serverFile)) {
      TlsIdentity present = readIdentity(serverFile);
      String lack = lackOf(present, authority, names);
      if (lack.isEmpty()) {
        return present;
      }
      LOG.info("the server certificate is made again: {}", lack);
    }
    TlsIdentity fresh = authority.issue(names, clock.instant());
    PemFiles.writePrivate(serverFile, fresh.key(), fresh.chain());
    return fresh;
  }

  private CertificateAuthority authority() throws IOException {
    boolean certificateThere = Files.exists(authorityFile);
    boolean keyThere = Files.exists(authorityKeyFile);
    if (!certificateThere && !keyThere) {
      CertificateAuthority made = CertificateAuthority.create(clock.instant());
      PemFiles.writePrivate(authorityKeyFile, made.key(), List.of(made.certificate()));
      PemFiles.writePublic(authorityFile, List.of(made.certificate()));
      return made;
    }
    if (!keyThere) {
      throw new DamagedCertificateException(
          authorityFile + " is there but its key " + authorityKeyFile + " is missing." + CURE,
          null);
    }
    // The key file holds the certificate too, so a lost or half-made ca.pem is only written again.
    TlsIdentity whole = readIdentity(authorityKeyFile);
    CertificateAuthority authority =
        new CertificateAuthority(whole.key(), whole.chain().getFirst());
    if (!certificateThere) {
      PemFiles.writePublic(authorityFile, List.of(authority.certificate()));
    } else if (!PemFiles.read(authorityFile)
        .certificates()
        .equals(List.of(authority.certificate()))) {
      throw new DamagedCertificateException(
          authorityFile + " is not the certificate of " + authorityKeyFile + "." + CURE, null);
    }
    return authority;
  }

  /**
   * Reads a key and its certificate chain.
   *
   * @throws DamagedCertificateException when something is missing, unreadable or does not fit
   */
  public static TlsIdentity readIdentity(Path file) throws IOException {
    return readIdentity(file, file);
  }

  /** As {@link #readIdentity(Path)}, with the chain and the key in files of their own. */
  public static TlsIdentity readIdentity(Path chainFile, Path keyFile) throws IOException {
    PrivateKey key = PemFiles.read(keyFile).key();
    List<X509Certificate> chain = PemFiles.read(chainFile).certificates();
    if (key == null) {
      throw new DamagedCertificateException(
          "there is no private key in " + keyFile + "." + CURE, null);
    }
    if (chain.isEmpty()) {
      throw new DamagedCertificateException(
          "there is no certificate in " + chainFile + "." + CURE, null);
    }
    if (!fit(key, chain.getFirst().getPublicKey())) {
      throw new DamagedCertificateException(
          "the key in " + keyFile + " is not that of the certificate in " + chainFile + "." + CURE,
          null);
    }
    return new TlsIdentity(key, chain);
  }

  private static boolean fit(PrivateKey key, PublicKey publicKey) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC", "ECDSA" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update((byte) 1);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update((byte) 1);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private String lackOf(
      TlsIdentity identity, CertificateAuthority authority, Collection<String> names) {
    X509Certificate certificate = identity.chain().getFirst();
    try {
      certificate.verify(authority.certificate().getPublicKey());
    } catch (GeneralSecurityException e) {
      return "it is not from this server's authority";
    }
    Instant end = certificate.getNotAfter().toInstant();
    if (clock.instant().plus(RENEW_BEFORE).isAfter(end)) {
      return "it ends on " + end;
    }
    Set<String> missing = new HashSet<>(names);
    missing.removeAll(namesOf(certificate));
    return missing.isEmpty() ? "" : "it lacks " + missing;
  }

  /** The host names and addresses that a certificate is valid for. */
  public static Set<String> namesOf(X509Certificate certificate) {
    Set<String> names = new HashSet<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        alternatives.forEach(name -> names.add(ServerNames.normal(name.get(1).toString())));
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      LOG.warn("the names of a certificate can't be read: {}", e.getMessage());
    }
    return names;
  }
}
