package io.vaxel.common.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vaxel.common.identifier.UserId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatorTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final URI ENDPOINT = URI.create("https://calls.example.org:8443/");

  private OctetSequenceKey key;
  private OperatorTokens tokens;

  @BeforeEach
  void makeKey() throws Exception {
    key = new OctetSequenceKeyGenerator(256).keyID("k1").generate();
    tokens = at(NOW);
  }

  private OperatorTokens at(Instant now) {
    return new OperatorTokens(List.of(key), ENDPOINT, InstantSource.fixed(now));
  }

  private String made(OctetSequenceKey signer, String type, String audience) throws Exception {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType(type))
                .keyID("k1")
                .build(),
            new JWTClaimsSet.Builder()
                .audience(audience)
                .expirationTime(Date.from(NOW.plusSeconds(60)))
                .build());
    jwt.sign(new MACSigner(signer));
    return jwt.serialize();
  }

  @Test
  void whatWasIssuedHoldsUntilItsEnd() throws Exception {
    IssuedToken issued = tokens.issue(Duration.ofMinutes(10));
    assertEquals(NOW.plusSeconds(600), issued.expiresAt());
    assertTrue(OperatorTokens.isOne(issued.token()));
    tokens.verify(issued.token());
    at(NOW.plusSeconds(599)).verify(issued.token());
    assertThrows(
        ExpiredTokenException.class, () -> at(NOW.plusSeconds(600)).verify(issued.token()));
  }

  @Test
  void aLifetimeIsFromAMinuteToADay() {
    assertThrows(IllegalArgumentException.class, () -> tokens.issue(Duration.ofSeconds(59)));
    assertThrows(IllegalArgumentException.class, () -> tokens.issue(Duration.ofMinutes(1441)));
  }

  @Test
  void aUserTokenIsNoOperatorTokenAndTheReverse() {
    String user =
        new UserTokenIssuer(key, InstantSource.fixed(NOW))
            .issue(
                new TokenSubject(
                    new UserId(UUID.randomUUID(), UUID.randomUUID()),
                    0,
                    KeyRotations.NONE,
                    ENDPOINT,
                    "amer",
                    "unitedstates"),
                EnumSet.of(TokenScope.VOIP),
                Duration.ofHours(1))
            .token();
    assertFalse(OperatorTokens.isOne(user));
    assertThrows(InvalidTokenException.class, () -> tokens.verify(user));
    UserTokenVerifier users = new UserTokenVerifier(List.of(key), InstantSource.fixed(NOW));
    String operator = tokens.issue(Duration.ofHours(1)).token();
    assertThrows(InvalidTokenException.class, () -> users.verify(operator));
  }

  @Test
  void anotherKeyTypeOrAudienceIsRefused() throws Exception {
    tokens.verify(made(key, "vaxel-operator+jwt", "vaxel-operator"));
    OctetSequenceKey other = new OctetSequenceKeyGenerator(256).keyID("k1").generate();
    for (String token :
        List.of(
            made(other, "vaxel-operator+jwt", "vaxel-operator"),
            made(key, "JWT", "vaxel-operator"),
            made(key, "vaxel-operator+jwt", "somebody"),
            "",
            "a.b.c",
            "x".repeat(100_000))) {
      assertThrows(InvalidTokenException.class, () -> tokens.verify(token));
    }
  }
}
