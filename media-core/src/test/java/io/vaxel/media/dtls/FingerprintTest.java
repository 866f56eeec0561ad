package io.vaxel.media.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  @Test
  void equalityIgnoresCase() {
    Fingerprint ours = Identities.ONE.fingerprint();
    assertEquals(ours, Fingerprint.parse(ours.toString().toLowerCase(Locale.ROOT)));
    assertEquals(ours, Fingerprint.parse("SHA-256 " + ours.value()));
    assertNotEquals(ours, Identities.TWO.fingerprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha-256", "sha-384", "sha-512"})
  void theStrongHashesAreUnderstood(String algorithm) {
    byte[] certificate = Identities.ONE.certificate();
    Fingerprint fingerprint = Fingerprint.parse(Fingerprint.of(algorithm, certificate).toString());
    assertTrue(fingerprint.matches(certificate));
    assertFalse(fingerprint.matches(Identities.TWO.certificate()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "sha-256",
        "sha-256 ",
        "sha-256 AB:CD",
        "sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB",
        "md5 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B",
        "sha-256 4AADB9B13F82183B540212DF3E5D496B19E57CAB4AADB9B13F82183B540212DF3E5D496B19E57CABX",
      })
  void anythingElseIsRefused(String attribute) {
    assertThrows(IllegalArgumentException.class, () -> Fingerprint.parse(attribute));
  }

  @Test
  void wrongDigitsAndSeparatorsAreRefused() {
    String good = Identities.ONE.fingerprint().toString();
    String head = good.substring(0, good.length() - 3);
    assertThrows(IllegalArgumentException.class, () -> Fingerprint.parse(head + ":G0"));
    assertThrows(IllegalArgumentException.class, () -> Fingerprint.parse(head + "-00"));
    assertThrows(IllegalArgumentException.class, () -> Fingerprint.parse(good + ":00"));
  }

  @Test
  void everyIdentityIsAnother() {
    assertNotEquals(DtlsIdentity.generate().fingerprint(), Identities.ONE.fingerprint());
  }

  @Test
  void keysAreNotShown() {
    byte[] secret = new byte[56];
    DtlsSrtpKeys keys = DtlsSrtpKeys.split(DtlsSrtpKeys.AEAD_AES_128_GCM, secret, DtlsRole.CLIENT);
    assertEquals("DtlsSrtpKeys[profileId=7]", keys.toString());
  }
}
