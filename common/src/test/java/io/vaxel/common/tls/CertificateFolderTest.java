package io.vaxel.common.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final List<String> NAMES =
      List.of("localhost", "127.0.0.1", "::1", "2001:db8::7", "calls.example.com");

  @TempDir private Path folder;

  private TlsIdentity at(Instant instant, List<String> names) throws Exception {
    return new CertificateFolder(folder, InstantSource.fixed(instant)).identityFor(names);
  }

  @Test
  void theFirstStartMakesAnAuthorityAndAServerCertificateOfIt() throws Exception {
    TlsIdentity identity = at(NOW, NAMES);
    X509Certificate server = identity.chain().get(0);
    X509Certificate authority = identity.chain().get(1);
    server.verify(authority.getPublicKey());
    assertEquals(Set.copyOf(NAMES), CertificateFolder.namesOf(server));
    assertEquals(0, authority.getBasicConstraints());
    assertEquals(-1, server.getBasicConstraints());
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), server.getExtendedKeyUsage());
    assertEquals("EC", server.getPublicKey().getAlgorithm());
  }

  @Test
  void keysAreForTheOwnerOnly() throws Exception {
    at(NOW, NAMES);
    for (String file : List.of("ca-key.pem", "server.pem")) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))));
    }
    assertFalse(Files.readString(folder.resolve("ca.pem")).contains("PRIVATE"));
  }

  @Test
  void aLaterStartKeepsBoth() throws Exception {
    TlsIdentity first = at(NOW, NAMES);
    TlsIdentity later = at(NOW.plus(Duration.ofDays(366)), NAMES.subList(0, 3));
    assertEquals(first.chain(), later.chain());
  }

  @Test
  void aMissingNameRenewsTheServerCertificateAndKeepsTheAuthority() throws Exception {
    TlsIdentity first = at(NOW, NAMES.subList(0, 3));
    TlsIdentity later = at(NOW, NAMES);
    assertNotEquals(first.chain().get(0), later.chain().get(0));
    assertEquals(first.chain().get(1), later.chain().get(1));
    assertEquals(Set.copyOf(NAMES), CertificateFolder.namesOf(later.chain().getFirst()));
  }

  @Test
  void aNearEndRenewsTheServerCertificate() throws Exception {
    TlsIdentity first = at(NOW, NAMES);
    Instant near = first.end().minus(Duration.ofDays(29));
    TlsIdentity later = at(near, NAMES);
    assertTrue(later.end().isAfter(near.plus(Duration.ofDays(390))));
    assertEquals(first.chain().get(1), later.chain().get(1));
  }

  @Test
  void damagedFilesAreNamedAndNothingIsReplaced() throws Exception {
    at(NOW, NAMES);
    for (String file : List.of("ca.pem", "ca-key.pem", "server.pem")) {
      byte[] sound = Files.readAllBytes(folder.resolve(file));
      byte[] damaged = sound.clone();
      damaged[60] = '*';
      Files.write(folder.resolve(file), damaged);
      DamagedCertificateException e =
          assertThrows(DamagedCertificateException.class, () -> at(NOW, NAMES), file);
      assertTrue(String.valueOf(e.getMessage()).contains(file), e.getMessage());
      Files.write(folder.resolve(file), sound);
    }
    Files.delete(folder.resolve("ca-key.pem"));
    assertThrows(DamagedCertificateException.class, () -> at(NOW, NAMES));
  }

  @Test
  void aLostPublicFileIsWrittenAgain() throws Exception {
    at(NOW, NAMES);
    String authority = Files.readString(folder.resolve("ca.pem"));
    Files.delete(folder.resolve("ca.pem"));
    at(NOW, NAMES);
    assertEquals(authority, Files.readString(folder.resolve("ca.pem")));
  }

  @Test
  void thisMachineIsReachedByLoopbackAndWhatIsAdvertised() throws Exception {
    Set<String> names = ServerNames.ofThisMachine(List.of("Calls.Example.com", "203.0.113.7"));
    assertTrue(
        names.containsAll(
            List.of("localhost", "127.0.0.1", "::1", "calls.example.com", "203.0.113.7")));
    assertThrows(
        IllegalArgumentException.class, () -> ServerNames.ofThisMachine(List.of("not a name")));
  }
}
