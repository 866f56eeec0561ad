package io.vaxel.common.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HmacVerifierTest {
  private static final String DATE = "Mon, 23 Nov 2026 11:29:04 GMT";
  private static final Instant SENT = Instant.parse("2026-11-23T11:29:04Z");
  private static final String EMPTY_HASH = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  private static final URI ENDPOINT = URI.create("https://calls.example.org:8443/");
  private static final ReachedResource KEY =
      new ReachedResource(
          UUID.fromString("00000000-0000-4000-8000-000000000001"),
          ENDPOINT,
          true,
          List.of(new AccessKeyValue("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")));
  private static final ReachedResource OTHER =
      new ReachedResource(
          UUID.fromString("00000000-0000-4000-8000-000000000002"),
          ENDPOINT,
          true,
          List.of(new AccessKeyValue("Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=")));

  private final HmacVerifier verifier = at(SENT);

  private static HmacVerifier at(Instant now) {
    return new HmacVerifier(Duration.ofMinutes(15), InstantSource.fixed(now));
  }

  /** A request as an SDK signs it: signed text and headers on the wire may differ. */
  private static SignedRequest request(
      String method, String wireTarget, String signedTarget, String wireHost, String signedHost) {
    return Signing.request(
        KEY.keys().getFirst(),
        method,
        wireTarget,
        signedTarget,
        wireHost,
        signedHost,
        DATE,
        EMPTY_HASH);
  }

  private static String refusal(HmacVerifier verifier, SignedRequest request) {
    return String.valueOf(
        assertThrows(DeniedException.class, () -> verify(verifier, request, List.of(OTHER, KEY)))
            .getMessage());
  }

  @Test
  void postVectorOfTheReferencePageHolds() throws Exception {
    SignedRequest request =
        new SignedRequest(
            "POST",
            "/identities?api-version=2023-10-01",
            "localhost",
            null,
            DATE,
            "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=",
            "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                + "ePae33AQ3CgfHdo3IZeUURla+vI47iveGaTXizQLfC0=");
    assertEquals(KEY, verify(verifier, request, List.of(OTHER, KEY)));
    HmacVerifier.requireContent(request, "{}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void getVectorOfTheReferencePageHolds() throws Exception {
    SignedRequest request =
        new SignedRequest(
            "GET",
            "/rooms?api-version=2025-03-13",
            "localhost:18443",
            null,
            DATE,
            EMPTY_HASH,
            "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                + "U8y2Hd5iryeKCt1OedxFL1DivmtVuw3JT2aHKknZruU=");
    assertEquals(KEY, verify(verifier, request, List.of(KEY)));
    HmacVerifier.requireContent(request, new byte[0]);
  }

  @Test
  void javaSignsTheHostWithoutPortAndThePathAsItIs() throws Exception {
    String target = "/identities/8:acs:a_b/:issueAccessToken?api-version=2022-10-01";
    assertEquals(
        KEY,
        verify(verifier, request("POST", target, target, "localhost", "localhost"), List.of(KEY)));
    assertEquals(
        KEY,
        verify(
            verifier,
            request("POST", target, target, "localhost:8443", "localhost"),
            List.of(KEY)));
  }

  @Test
  void javaScriptSignsAFormEncodedQueryThatItDoesNotSend() throws Exception {
    SignedRequest request =
        request(
            "GET",
            "/areaCodes?locality=Chicago%20Heights&x=a%2Fb&y&api-version=2025-06-01",
            "/areaCodes?locality=Chicago+Heights&x=a%2Fb&y=&api-version=2025-06-01",
            "localhost:8443",
            "localhost:8443");
    assertEquals(KEY, verify(verifier, request, List.of(KEY)));
  }

  @Test
  void thePublicEndpointCountsWhateverAProxyMadeOfTheHost() throws Exception {
    for (String signed : List.of("calls.example.org", "calls.example.org:8443")) {
      assertEquals(
          KEY, verify(verifier, request("GET", "/x", "/x", "10.0.0.1", signed), List.of(KEY)));
    }
  }

  @Test
  void aSignatureForAnotherHostIsRefused() {
    assertTrue(
        refusal(verifier, request("GET", "/x", "/x", "localhost", "elsewhere"))
            .contains("signature"));
  }

  @Test
  void thePathIsNeverNormalised() {
    assertTrue(
        refusal(verifier, request("GET", "/a%3Ab?q=1", "/a:b?q=1", "localhost", "localhost"))
            .contains("signature"));
  }

  @Test
  void aKeyThatIsNotInForceIsRefused() {
    SignedRequest request = request("GET", "/x", "/x", "localhost", "localhost");
    assertThrows(DeniedException.class, () -> verify(verifier, request, List.of(OTHER)));
    assertThrows(DeniedException.class, () -> verify(verifier, request, List.of()));
  }

  @Test
  void theDateMayBeFifteenMinutesOffAndNoMore() throws Exception {
    SignedRequest request = request("GET", "/x", "/x", "localhost", "localhost");
    Duration window = Duration.ofMinutes(15);
    assertEquals(KEY, verify(at(SENT.plus(window)), request, List.of(KEY)));
    assertEquals(KEY, verify(at(SENT.minus(window)), request, List.of(KEY)));
    assertTrue(refusal(at(SENT.plus(window).plusSeconds(1)), request).contains("15 minutes"));
    assertTrue(refusal(at(SENT.minus(window).minusSeconds(1)), request).contains("15 minutes"));
  }

  @Test
  void aDateInAnotherFormIsRefused() {
    for (String date :
        List.of("2026-11-23T11:29:04Z", "yesterday", "Tue, 23 Nov 2026 11:29:04 GMT")) {
      SignedRequest request =
          Signing.request(
              KEY.keys().getFirst(), "GET", "/x", "/x", "localhost", "localhost", date, EMPTY_HASH);
      assertTrue(refusal(verifier, request).contains("RFC 1123"));
    }
  }

  @Test
  void aMissingHeaderIsNamed() {
    SignedRequest whole = request("GET", "/x", "/x", "localhost", "localhost");
    SignedRequest noDate =
        new SignedRequest("GET", "/x", "localhost", null, null, EMPTY_HASH, whole.authorization());
    SignedRequest noHash =
        new SignedRequest("GET", "/x", "localhost", null, DATE, "", whole.authorization());
    SignedRequest noSignature =
        new SignedRequest("GET", "/x", "localhost", null, DATE, EMPTY_HASH, null);
    assertTrue(refusal(verifier, noDate).contains("x-ms-date"));
    assertTrue(refusal(verifier, noHash).contains("x-ms-content-sha256"));
    assertTrue(refusal(verifier, noSignature).contains("Authorization"));
  }

  @Test
  void anotherSchemeIsRefused() {
    SignedRequest bearer =
        new SignedRequest("GET", "/x", "localhost", null, DATE, EMPTY_HASH, "Bearer abc");
    assertTrue(refusal(verifier, bearer).contains("HMAC-SHA256"));
  }

  @Test
  void anotherBodyThanTheSignedOneIsRefused() {
    SignedRequest request = request("POST", "/x", "/x", "localhost", "localhost");
    assertThrows(
        DeniedException.class,
        () -> HmacVerifier.requireContent(request, "{}".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aQueryThatCannotBeDecodedHasNoSecondReading() throws Exception {
    SignedRequest request = request("GET", "/x?a=%zz", "/x?a=%zz", "localhost", "localhost");
    assertEquals(KEY, verify(verifier, request, List.of(KEY)));
  }

  private static ReachedResource verify(
      HmacVerifier verifier, SignedRequest request, List<ReachedResource> candidates)
      throws DeniedException {
    return verifier
        .signer(request, candidates)
        .orElseThrow(() -> new DeniedException("The signature is of nobody."));
  }
}
