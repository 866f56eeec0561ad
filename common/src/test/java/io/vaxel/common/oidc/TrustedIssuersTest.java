package io.vaxel.common.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.vaxel.common.testing.FakeIssuer;
import io.vaxel.common.token.ExpiredTokenException;
import io.vaxel.common.token.InvalidTokenException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrustedIssuersTest {
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  private Instant now = START;
  private FakeIssuer issuer;
  private TrustedIssuers trusted;

  @BeforeEach
  void start() throws Exception {
    issuer = new FakeIssuer();
    trusted = new TrustedIssuers(List.of(issuer.settings()), () -> now);
  }

  @AfterEach
  void stop() {
    trusted.close();
    issuer.close();
  }

  private void refused(String token) {
    assertThrows(InvalidTokenException.class, () -> trusted.verify(token));
  }

  private JWTClaimsSet.Builder claims() {
    return issuer.claims(START);
  }

  @Test
  void rolesSayWhatABearerMayDo() throws Exception {
    IssuedBearer nothing = trusted.verify(issuer.sign(claims().build()));
    assertEquals("subject-1", nothing.subject());
    assertFalse(nothing.mayOperate() || nothing.mayUseData() || nothing.application());
    IssuedBearer operator =
        trusted.verify(
            issuer.sign(
                claims()
                    .claim("roles", List.of("Operator", "Other"))
                    .claim("oid", "object-1")
                    .claim("idtyp", "app")
                    .build()));
    assertTrue(operator.mayOperate() && operator.application());
    assertFalse(operator.mayUseData());
    assertEquals("object-1", operator.subject());
    assertTrue(trusted.verify(issuer.sign(claims().claim("roles", "x Data").build())).mayUseData());
    assertFalse(
        trusted
            .verify(issuer.sign(claims().claim("roles", Map.of("a", "Data")).build()))
            .mayUseData());
  }

  @Test
  void theRolesClaimMayLieInsideObjects() throws Exception {
    IssuerSettings settings = issuer.settings();
    try (TrustedIssuers nested =
        new TrustedIssuers(
            List.of(
                new IssuerSettings(
                    settings.issuer(),
                    settings.audiences(),
                    issuer.keysAddress(),
                    "realm_access.roles",
                    settings.operatorRoles(),
                    settings.dataRoles(),
                    "",
                    Set.of())),
            () -> now)) {
      assertTrue(
          nested
              .verify(
                  issuer.sign(
                      claims().claim("realm_access", Map.of("roles", List.of("Operator"))).build()))
              .mayOperate());
      assertThrows(
          InvalidTokenException.class,
          () -> nested.verifyUser(issuer.sign(claims().audience("api://users").build())));
    }
  }

  @Test
  void anotherAudienceOrIssuerIsRefused() throws Exception {
    refused(issuer.sign(claims().audience("api://other").build()));
    refused(issuer.sign(claims().audience(List.of()).build()));
    refused(issuer.sign(claims().issuer("https://elsewhere.example").build()));
    refused(issuer.sign(claims().issuer(null).build()));
    refused(issuer.sign(claims().issuer(issuer.name() + "/").build()));
  }

  @Test
  void tokensOfUsersAndOfProgramsDoNotServeAsEachOther() throws Exception {
    String user = issuer.sign(claims().audience("api://users").build());
    assertEquals("subject-1", trusted.verifyUser(user).subject());
    refused(user);
    String program = issuer.sign(claims().build());
    assertThrows(InvalidTokenException.class, () -> trusted.verifyUser(program));
  }

  @Test
  void timeIsHeldToAMinute() throws Exception {
    String token = issuer.sign(claims().expirationTime(Date.from(START.plusSeconds(100))).build());
    now = START.plusSeconds(159);
    trusted.verify(token);
    now = START.plusSeconds(160);
    assertThrows(ExpiredTokenException.class, () -> trusted.verify(token));
    now = START.minusSeconds(60);
    trusted.verify(token);
    now = START.minusSeconds(61);
    refused(token);
    now = START;
    refused(issuer.sign(claims().expirationTime(null).build()));
  }

  @Test
  void onlyPublicKeySignaturesOfTheIssuerHold() throws Exception {
    JWTClaimsSet claims = claims().claim("roles", List.of("Operator")).build();
    refused(new PlainJWT(claims).serialize());
    // The classic: the public key as the secret of an HMAC.
    SignedJWT hmac =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims);
    hmac.sign(new MACSigner(issuer.key().toRSAPublicKey().getEncoded()));
    refused(hmac.serialize());
    SignedJWT longer =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("first").build(), claims);
    longer.sign(new RSASSASigner(issuer.key()));
    refused(longer.serialize());
    SignedJWT otherType =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("logout+jwt"))
                .keyID("first")
                .build(),
            claims);
    otherType.sign(new RSASSASigner(issuer.key()));
    refused(otherType.serialize());
    String good = issuer.sign(claims);
    trusted.verify(good);
    int end = good.lastIndexOf('.') + 10;
    char other = good.charAt(end) == 'A' ? 'B' : 'A';
    refused(good.substring(0, end) + other + good.substring(end + 1));
    for (String nonsense : List.of("", ".", "..", "a.b.c", "x".repeat(1 << 20))) {
      refused(nonsense);
    }
  }

  @Test
  void aNewKeyIsFoundAndUnknownOnesAreNotAskedForAgainAndAgain() throws Exception {
    trusted.verify(issuer.sign(claims().build()));
    trusted.verify(issuer.sign(claims().build()));
    assertEquals(1, issuer.fetches());
    issuer.rotate("second");
    trusted.verify(issuer.sign(claims().build()));
    assertEquals(2, issuer.fetches());
    String unknown =
        new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("third").build(),
                    claims().build())
                .getHeader()
                .toBase64URL()
            + issuer.sign(claims().build()).replaceFirst("^[^.]*", "");
    for (int i = 0; i < 20; i++) {
      refused(unknown);
    }
    assertTrue(issuer.fetches() <= 4, "fetched " + issuer.fetches() + " times");
  }

  @Test
  void anIssuerThatIsDownIsUnavailableAndHeardAgainLater() throws Exception {
    issuer.setBroken(true);
    String token = issuer.sign(claims().build());
    assertThrows(IssuerUnavailableException.class, () -> trusted.verify(token));
    issuer.setBroken(false);
    assertThrows(IssuerUnavailableException.class, () -> trusted.verify(token));
    now = START.plusSeconds(6);
    trusted.verify(token);
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    IssuerSettings good = issuer.settings();
    assertThrows(
        IllegalArgumentException.class, () -> new TrustedIssuers(List.of(good, good), () -> now));
    for (String name : List.of("http://issuer.example.com", "issuer", "ftp://x/")) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new IssuerSettings(
                  name, Set.of("a"), null, "roles", Set.of(), Set.of(), "", Set.of()));
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new IssuerSettings(
                "https://x.example", Set.of(), null, "roles", Set.of(), Set.of(), "", Set.of()));
  }
}
