package io.vaxel.common.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes and checks operator tokens: bearers that open resource management and {@code /admin}. They
 * are signed with the keys of user tokens but have a type and an audience of their own, and none of
 * the claims of a user, so that neither can serve as the other. They cannot be revoked, so they are
 * short. Safe for any thread.
 */
public final class OperatorTokens {
  /** Longest life of a token. */
  public static final Duration LONGEST = Duration.ofDays(1);

  private static final JOSEObjectType TYPE = new JOSEObjectType("vaxel-operator+jwt");
  private static final String AUDIENCE = "vaxel-operator";

  /** A token of ours has some 500 characters; whatever is longer is not parsed. */
  private static final int MOST_CHARACTERS = 2048;

  private final OctetSequenceKey signingKey;
  private final Map<String, OctetSequenceKey> keys;
  private final URI publicEndpoint;
  private final InstantSource clock;

  /**
   * @param keys the first signs, all of them verify
   * @param publicEndpoint the claim {@code iss}
   * @param clock the time of issue, and what tells that a token has expired
   */
  public OperatorTokens(List<OctetSequenceKey> keys, URI publicEndpoint, InstantSource clock) {
    this.signingKey = keys.getFirst();
    this.keys = keys.stream().collect(Collectors.toMap(OctetSequenceKey::getKeyID, key -> key));
    this.publicEndpoint = publicEndpoint;
    this.clock = clock;
  }

  /**
   * Makes a token.
   *
   * @param lifetime from a minute to {@link #LONGEST}
   * @throws IllegalArgumentException when the lifetime is out of range
   */
  public IssuedToken issue(Duration lifetime) {
    if (lifetime.compareTo(Duration.ofMinutes(1)) < 0 || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "An operator token lives from 1 to " + LONGEST.toMinutes() + " minutes");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expiresAt = now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(TYPE)
                .keyID(signingKey.getKeyID())
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(publicEndpoint.toASCIIString())
                .audience(AUDIENCE)
                .subject("operator")
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .build());
    try {
      jwt.sign(new MACSigner(signingKey));
    } catch (JOSEException e) {
      throw new IllegalStateException("The key does not sign", e);
    }
    return new IssuedToken(jwt.serialize(), expiresAt);
  }

  /** Whether a token says of itself that it is an operator token; nothing is checked. */
  public static boolean isOne(String token) {
    if (token.length() > MOST_CHARACTERS) {
      return false;
    }
    try {
      return TYPE.equals(SignedJWT.parse(token).getHeader().getType());
    } catch (ParseException | RuntimeException e) {
      // The parser also fails with runtime exceptions.
      return false;
    }
  }

  /**
   * Checks a token.
   *
   * @param token anything
   * @throws ExpiredTokenException when it is an operator token of ours that has expired
   * @throws InvalidTokenException when it is not an operator token of ours
   */
  public void verify(String token) throws InvalidTokenException {
    if (!isOne(token)) {
      throw new InvalidTokenException("The token is not an operator token.");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      OctetSequenceKey key = keys.get(jwt.getHeader().getKeyID());
      if (key == null
          || !JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
          || !jwt.verify(new MACVerifier(key))) {
        throw new InvalidTokenException("The token was not signed by this server.");
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      if (!claims.getAudience().equals(List.of(AUDIENCE))) {
        throw new InvalidTokenException("The token is for another audience.");
      }
      Date end = claims.getExpirationTime();
      if (end == null || !end.toInstant().isAfter(clock.instant())) {
        throw new ExpiredTokenException();
      }
    } catch (ParseException | JOSEException | RuntimeException e) {
      // What went wrong may quote the token.
      throw new InvalidTokenException("The token is malformed.");
    }
  }
}
