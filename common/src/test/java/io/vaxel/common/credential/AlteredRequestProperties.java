package io.vaxel.common.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** One byte changed anywhere in what is signed, or in the signature, is refused. */
class AlteredRequestProperties {
  private static final String DATE = "Mon, 23 Nov 2026 11:29:04 GMT";
  private static final URI ENDPOINT = URI.create("https://calls.example.org:8443/");
  private static final ReachedResource KEY =
      new ReachedResource(
          UUID.fromString("00000000-0000-4000-8000-000000000001"),
          ENDPOINT,
          true,
          List.of(new AccessKeyValue("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")));

  private final HmacVerifier verifier =
      new HmacVerifier(
          Duration.ofMinutes(15), InstantSource.fixed(Instant.parse("2026-11-23T11:29:04Z")));

  @Property(tries = 2000)
  void oneAlteredByteIsRefused(
      @ForAll @AlphaChars @StringLength(min = 1, max = 40) String path,
      @ForAll @AlphaChars @StringLength(min = 1, max = 40) String query,
      @ForAll @Size(max = 100) byte[] body,
      @ForAll @IntRange(max = 6) int part,
      @ForAll @IntRange(max = 10_000) int position,
      @ForAll @IntRange(min = 1, max = 127) int change)
      throws Exception {
    String target = "/" + path + "?a=" + query;
    SignedRequest sent =
        Signing.request(
            KEY.keys().getFirst(),
            "POST",
            target,
            target,
            "localhost",
            "localhost",
            DATE,
            hash(body));
    assertEquals(KEY, accept(sent, body));

    SignedRequest altered = alter(sent, part, position, change);
    byte[] alteredBody = body.clone();
    if (part == 6) {
      if (body.length == 0) {
        return;
      }
      alteredBody[position % body.length] ^= (byte) change;
    }
    assertThrows(DeniedException.class, () -> accept(altered, alteredBody));
  }

  @Property(tries = 500)
  void aRequestSignedForAnotherHostIsRefused(
      @ForAll @AlphaChars @StringLength(min = 1, max = 40) String host) throws Exception {
    byte[] body = {};
    for (String signed : List.of(host + ".elsewhere", "calls.example.org." + host)) {
      SignedRequest request =
          Signing.request(
              KEY.keys().getFirst(),
              "GET",
              "/x",
              "/x",
              "calls.example.org",
              signed,
              DATE,
              hash(body));
      assertThrows(DeniedException.class, () -> accept(request, body));
    }
  }

  @Property(tries = 500)
  void aRequestThatIsReplayedLaterOrWasDatedAheadIsRefused(
      @ForAll @IntRange(min = 901, max = 10_000_000) int seconds) throws Exception {
    byte[] body = {};
    Instant sent = Instant.parse("2026-11-23T11:29:04Z");
    SignedRequest request =
        Signing.request(
            KEY.keys().getFirst(), "GET", "/x", "/x", "localhost", "localhost", DATE, hash(body));
    assertEquals(KEY, accept(request, body));
    for (Instant now : List.of(sent.plusSeconds(seconds), sent.minusSeconds(seconds))) {
      HmacVerifier then = new HmacVerifier(Duration.ofMinutes(15), InstantSource.fixed(now));
      assertThrows(DeniedException.class, () -> verify(then, request, List.of(KEY)));
      // A fresh date does not fit the signature.
      SignedRequest redated =
          new SignedRequest(
              request.method(),
              request.target(),
              request.host(),
              null,
              DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)),
              request.contentHash(),
              request.authorization());
      assertThrows(DeniedException.class, () -> verify(then, redated, List.of(KEY)));
    }
  }

  private ReachedResource accept(SignedRequest request, byte[] body) throws DeniedException {
    ReachedResource key = verify(verifier, request, List.of(KEY));
    HmacVerifier.requireContent(request, body);
    return key;
  }

  private static SignedRequest alter(SignedRequest sent, int part, int position, int change) {
    return new SignedRequest(
        part == 0 ? flip(sent.method(), position, change) : sent.method(),
        part == 1 ? flip(sent.target(), position, change) : sent.target(),
        part == 2 ? flip(String.valueOf(sent.host()), position, change) : sent.host(),
        null,
        part == 3 ? flip(String.valueOf(sent.date()), position, change) : sent.date(),
        part == 4 ? flip(String.valueOf(sent.contentHash()), position, change) : sent.contentHash(),
        part == 5
            ? flip(String.valueOf(sent.authorization()), position, change)
            : sent.authorization());
  }

  private static String flip(String text, int position, int change) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    bytes[position % bytes.length] ^= (byte) change;
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static String hash(byte[] body) throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
  }

  private static ReachedResource verify(
      HmacVerifier verifier, SignedRequest request, List<ReachedResource> candidates)
      throws DeniedException {
    return verifier
        .signer(request, candidates)
        .orElseThrow(() -> new DeniedException("The signature is of nobody."));
  }
}
