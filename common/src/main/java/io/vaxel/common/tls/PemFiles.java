package io.vaxel.common.tls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.jspecify.annotations.Nullable;

/**
 * Keys and certificates as PEM files (RFC 7468). Files are replaced whole, so a crash leaves one.
 */
final class PemFiles {
  /** What a PEM file holds. */
  record Content(@Nullable PrivateKey key, List<X509Certificate> certificates) {}

  private PemFiles() {}

  /**
   * Reads every key and certificate of a file; the last key counts.
   *
   * @throws DamagedCertificateException when the file holds something unreadable
   */
  static Content read(Path file) throws IOException {
    PrivateKey key = null;
    List<X509Certificate> certificates = new ArrayList<>();
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      Object object;
      while ((object = parser.readObject()) != null) {
        switch (object) {
          case PrivateKeyInfo info -> key = new JcaPEMKeyConverter().getPrivateKey(info);
          case PEMKeyPair pair -> key = new JcaPEMKeyConverter().getKeyPair(pair).getPrivate();
          case X509CertificateHolder holder ->
              certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
          // Such as the EC parameters that openssl writes before a key.
          default -> {}
        }
      }
    } catch (IOException | CertificateException | RuntimeException e) {
      throw new DamagedCertificateException(file + " is not a readable PEM file", e);
    }
    return new Content(key, List.copyOf(certificates));
  }

  /** Writes for everybody to read. */
  static void writePublic(Path file, List<X509Certificate> certificates) throws IOException {
    write(file, pem(null, certificates), "rw-r--r--");
  }

  /** Writes for the owner only. */
  static void writePrivate(Path file, PrivateKey key, List<X509Certificate> certificates)
      throws IOException {
    write(file, pem(key, certificates), "rw-------");
  }

  private static String pem(@Nullable PrivateKey key, List<X509Certificate> certificates)
      throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      if (key != null) {
        writer.writeObject(new JcaPKCS8Generator(key, null));
      }
      for (X509Certificate certificate : certificates) {
        writer.writeObject(certificate);
      }
    }
    return text.toString();
  }

  private static void write(Path file, String text, String permissions) throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
            }
            : new FileAttribute<?>[0];
    // Created with its permissions: a key is at no moment readable by others.
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, attributes);
    Files.writeString(fresh, text, StandardCharsets.US_ASCII);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
