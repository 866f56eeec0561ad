package io.vaxel.common.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vaxel.common.identifier.UserId;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signature and lifetime of user access tokens. Safe for any thread.
 *
 * <p>{@code iss} is not compared: the signature proves that the token is ours, and a server whose
 * public endpoint changes keeps the tokens that it gave out.
 */
public final class UserTokenVerifier {
  /** A token of ours has some 700 characters; whatever is longer is not parsed. */
  private static final int LONGEST = 4096;

  private final Map<String, JWSVerifier> verifiers = new HashMap<>();
  private final InstantSource clock;

  /**
   * @param keys all keys that may have signed, by their ids
   * @param clock tells what has expired
   */
  public UserTokenVerifier(List<OctetSequenceKey> keys, InstantSource clock) {
    this.clock = clock;
    for (OctetSequenceKey key : keys) {
      try {
        verifiers.put(key.getKeyID(), new MACVerifier(key));
      } catch (JOSEException e) {
        throw new IllegalArgumentException("The key cannot verify HS256", e);
      }
    }
  }

  /**
   * Reads a token.
   *
   * @param token anything
   * @throws ExpiredTokenException when it is a token of ours that has expired
   * @throws InvalidTokenException when it is not a token of ours
   */
  public CheckedToken verify(String token) throws InvalidTokenException {
    if (token.length() > LONGEST) {
      throw new InvalidTokenException("The token is too long.");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      requireSignature(jwt);
      return read(jwt.getJWTClaimsSet());
    } catch (ParseException | RuntimeException e) {
      // The parser also fails with runtime exceptions; either may quote the token.
      throw new InvalidTokenException("The token is malformed.");
    }
  }

  private void requireSignature(SignedJWT jwt) throws InvalidTokenException {
    JWSVerifier verifier = verifiers.get(jwt.getHeader().getKeyID());
    try {
      if (verifier == null
          || !JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
          || !jwt.verify(verifier)) {
        throw new InvalidTokenException("The token was not signed by this server.");
      }
    } catch (JOSEException e) {
      throw new InvalidTokenException("The token was not signed by this server.");
    }
  }

  private CheckedToken read(JWTClaimsSet claims) throws InvalidTokenException, ParseException {
    Instant issuedAt = instant(claims.getIssueTime());
    Instant expiresAt = instant(claims.getExpirationTime());
    if (!clock.instant().isBefore(expiresAt)) {
      throw new ExpiredTokenException();
    }
    UserId userId =
        UserId.parse("8:" + claims.getStringClaim(Claims.SKYPE_ID))
            .orElseThrow(() -> new InvalidTokenException("The token names no user."));
    Long generation = claims.getLongClaim(Claims.GENERATION);
    String scopes = claims.getStringClaim(Claims.SCOPES);
    String keys = claims.getStringClaim(Claims.KEYS);
    if (generation == null || scopes == null || keys == null) {
      throw new InvalidTokenException("The token lacks a claim.");
    }
    UserToken token =
        new UserToken(
            userId.rawId(), userId.resourceId().toString(), scopes(scopes), issuedAt, expiresAt);
    return new CheckedToken(
        token,
        generation,
        KeyRotations.ofClaim(keys)
            .orElseThrow(() -> new InvalidTokenException("The token lacks a claim.")));
  }

  private static Instant instant(@Nullable Date date) throws InvalidTokenException {
    if (date == null) {
      throw new InvalidTokenException("The token lacks a claim.");
    }
    return date.toInstant();
  }

  private static Set<TokenScope> scopes(String names) {
    Set<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
    for (String name : names.split(",", -1)) {
      TokenScope.of(name).ifPresent(scopes::add);
    }
    return scopes;
  }
}
