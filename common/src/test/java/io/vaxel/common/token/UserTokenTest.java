package io.vaxel.common.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import io.vaxel.common.identifier.UserId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserTokenTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.750Z");
  private static final UserId USER =
      new UserId(
          UUID.fromString("3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
          UUID.fromString("0e984725-c51c-4bf4-9960-e1c80e27aba0"));
  private static final URI ENDPOINT = URI.create("https://calls.example.org:8443/");
  private static final TokenSubject SUBJECT =
      new TokenSubject(USER, 7, KeyRotations.NONE, ENDPOINT, "amer", "unitedstates");
  private static final Set<TokenScope> BOTH = EnumSet.of(TokenScope.VOIP, TokenScope.CHAT);

  private OctetSequenceKey key;
  private UserTokenIssuer issuer;

  @BeforeEach
  void makeKey() throws Exception {
    key = new OctetSequenceKeyGenerator(256).keyID("k1").generate();
    issuer = issuer(key);
  }

  private static UserTokenIssuer issuer(OctetSequenceKey key) {
    return new UserTokenIssuer(key, InstantSource.fixed(NOW));
  }

  private UserTokenVerifier verifierAt(Instant now) {
    return new UserTokenVerifier(List.of(key), InstantSource.fixed(now));
  }

  private String refusal(String token) {
    return String.valueOf(
        assertThrows(InvalidTokenException.class, () -> verifierAt(NOW).verify(token))
            .getMessage());
  }

  @Test
  void whatWasIssuedIsRead() throws Exception {
    IssuedToken issued = issuer.issue(SUBJECT, BOTH, Duration.ofHours(2));
    CheckedToken checked = verifierAt(NOW).verify(issued.token());
    assertEquals(USER.rawId(), checked.token().userId());
    assertEquals(USER.resourceId().toString(), checked.token().resourceId());
    assertEquals(BOTH, checked.token().scopes());
    assertEquals(Instant.parse("2026-11-23T12:00:00Z"), checked.token().issuedAt());
    assertEquals(Instant.parse("2026-11-23T14:00:00Z"), checked.token().expiresAt());
    assertEquals(issued.expiresAt(), checked.token().expiresAt());
    assertEquals(7, checked.generation());
  }

  @Test
  void claimsAreThoseOfAcs() throws Exception {
    JsonNode claims = new ObjectMapper().readTree(payload(issue()));
    assertEquals(
        "acs:3f2504e0-4f89-41d3-9a0c-0305e82c3301_0e984725-c51c-4bf4-9960-e1c80e27aba0",
        claims.get("skypeid").asText());
    assertEquals(1792, claims.get("scp").asInt());
    assertEquals("1795435200", claims.get("csi").asText());
    assertTrue(claims.get("csi").isTextual());
    assertEquals(1795435200L, claims.get("iat").asLong());
    assertEquals(1795521600L, claims.get("exp").asLong());
    assertEquals("amer", claims.get("rgn").asText());
    assertEquals("chat,voip", claims.get("acsScope").asText());
    assertEquals("3f2504e0-4f89-41d3-9a0c-0305e82c3301", claims.get("resourceId").asText());
    assertEquals("unitedstates", claims.get("resourceLocation").asText());
    assertEquals("https://calls.example.org:8443/", claims.get("iss").asText());
  }

  /** What the Java SDK does: plain base64, then a search for the digits after "exp":. */
  @Test
  void theJavaSdkFindsTheExpiryOfEveryToken() {
    Pattern expiry = Pattern.compile("\"exp\":(\\d+)");
    for (int i = 0; i < 200; i++) {
      UserId user = new UserId(UUID.randomUUID(), UUID.randomUUID());
      TokenSubject subject =
          new TokenSubject(user, i, KeyRotations.NONE, ENDPOINT, "amer", "unitedstates");
      String token = issuer.issue(subject, BOTH, Duration.ofMinutes(60 + i)).token();
      Matcher matcher = expiry.matcher(payload(token));
      assertTrue(matcher.find());
      assertEquals(1795435200L + 60L * (60 + i), Long.parseLong(matcher.group(1)));
    }
  }

  @Test
  void anEndpointThatWouldSpoilThePayloadIsRefusedAtOnce() {
    // At one of three alignments a tilde becomes a character that plain base64 lacks.
    assertEquals(
        1,
        Stream.of("https://h/~", "https://ho/~", "https://hos/~")
            .map(URI::create)
            .filter(
                endpoint -> {
                  try {
                    issuer.issue(
                        new TokenSubject(
                            USER, 7, KeyRotations.NONE, endpoint, "amer", "unitedstates"),
                        BOTH,
                        Duration.ofHours(1));
                    return false;
                  } catch (IllegalStateException e) {
                    return true;
                  }
                })
            .count());
  }

  @Test
  void aTokenEndsWithItsLastSecond() throws Exception {
    String token = issuer.issue(SUBJECT, BOTH, Duration.ofHours(1)).token();
    verifierAt(Instant.parse("2026-11-23T12:59:59.999Z")).verify(token);
    InvalidTokenException expired =
        assertThrows(
            InvalidTokenException.class,
            () -> verifierAt(Instant.parse("2026-11-23T13:00:00Z")).verify(token));
    assertEquals("The token has expired.", expired.getMessage());
  }

  @Test
  void anotherKeyOfTheSameNameIsRefused() throws Exception {
    OctetSequenceKey forged = new OctetSequenceKeyGenerator(256).keyID("k1").generate();
    String token = issuer(forged).issue(SUBJECT, BOTH, Duration.ofHours(1)).token();
    assertEquals("The token was not signed by this server.", refusal(token));
  }

  @Test
  void anUnknownKeyIsRefused() throws Exception {
    OctetSequenceKey other = new OctetSequenceKeyGenerator(256).keyID("k2").generate();
    String token = issuer(other).issue(SUBJECT, BOTH, Duration.ofHours(1)).token();
    assertEquals("The token was not signed by this server.", refusal(token));
  }

  @Test
  void anUnsignedTokenIsRefused() {
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\",\"kid\":\"k1\"}".getBytes(StandardCharsets.UTF_8));
    String payload = issue().split("\\.", -1)[1];
    refusal(header + "." + payload + ".");
  }

  @Test
  void changedClaimsAreRefused() {
    String[] parts = issue().split("\\.", -1);
    String changed =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                payload(issue()).replace("chat,voip", "chat").getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "The token was not signed by this server.",
        refusal(parts[0] + "." + changed + "." + parts[2]));
  }

  @Test
  void anythingElseIsMalformedAndNotRepeated() {
    for (String token :
        List.of("", ".", "..", "a.b.c", "{}", "x".repeat(100_000), "\u0000\uffff")) {
      String message = refusal(token);
      assertTrue(
          message.equals("The token is malformed.") || message.equals("The token is too long."));
    }
  }

  @Test
  void lifetimesOutOfRangeAreRefused() {
    for (Duration lifetime :
        List.of(Duration.ZERO, Duration.ofSeconds(3599), Duration.ofSeconds(86_401))) {
      assertThrows(IllegalArgumentException.class, () -> issuer.issue(SUBJECT, BOTH, lifetime));
    }
    assertThrows(
        IllegalArgumentException.class, () -> issuer.issue(SUBJECT, Set.of(), Duration.ofHours(1)));
  }

  @Test
  void tokensDoNotPrintThemselves() {
    IssuedToken issued = issuer.issue(SUBJECT, BOTH, Duration.ofHours(1));
    assertFalse(issued.toString().contains(issued.token()));
  }

  private String issue() {
    return issuer.issue(SUBJECT, BOTH, UserTokenIssuer.LONGEST).token();
  }

  private static String payload(String token) {
    return new String(
        Base64.getDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
  }
}
