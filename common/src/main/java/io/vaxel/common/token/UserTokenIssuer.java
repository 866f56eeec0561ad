package io.vaxel.common.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes user access tokens: JWTs with the claims that the ACS SDKs read, and {@code iss}, the
 * endpoint of the resource by which our calling SDK finds the server. Safe for any thread.
 *
 * <p>The Java SDK decodes the payload with plain base64, which lacks {@code -} and {@code _}. Those
 * stand for the six-bit groups 62 and 63, and in ASCII text only the characters {@code >}, {@code
 * ?}, {@code ~} and delete, at every third place, produce such a group. So no claim has them.
 */
public final class UserTokenIssuer {
  /** Shortest life of a token. */
  public static final Duration SHORTEST = Duration.ofHours(1);

  /** Longest life of a token, and the usual one. */
  public static final Duration LONGEST = Duration.ofDays(1);

  /**
   * The claim {@code scp} of every token that was ever published, whatever its scopes. No SDK reads
   * it; {@code acsScope} says the scopes.
   */
  private static final int SCP = 1792;

  private final JWSHeader header;
  private final JWSSigner signer;
  private final InstantSource clock;

  /**
   * @param key the key that signs, 256 bits
   * @param clock the time of issue
   */
  public UserTokenIssuer(OctetSequenceKey key, InstantSource clock) {
    this.header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(JOSEObjectType.JWT)
            .keyID(key.getKeyID())
            .build();
    this.clock = clock;
    try {
      this.signer = new MACSigner(key);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("The key cannot sign with HS256", e);
    }
  }

  /**
   * Makes a token.
   *
   * @param scopes what it allows, at least one
   * @param lifetime from {@link #SHORTEST} to {@link #LONGEST}
   * @throws IllegalArgumentException when the scopes are empty or the lifetime is out of range
   */
  public IssuedToken issue(TokenSubject subject, Set<TokenScope> scopes, Duration lifetime) {
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("A token needs a scope");
    }
    if (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A token lives from " + SHORTEST + " to " + LONGEST + ", not " + lifetime);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expiresAt = now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    UUID resourceId = subject.userId().resourceId();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(subject.endpoint().toASCIIString())
            .claim(Claims.SKYPE_ID, subject.userId().rawId().substring("8:".length()))
            .claim("scp", SCP)
            .claim("csi", Long.toString(now.getEpochSecond()))
            .claim("rgn", subject.region())
            .claim(Claims.SCOPES, wireNames(scopes))
            .claim(Claims.RESOURCE_ID, resourceId.toString())
            .claim("resourceLocation", subject.location())
            .claim(Claims.GENERATION, subject.generation())
            .claim(Claims.KEYS, subject.keys().toClaim())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(expiresAt))
            .build();
    return new IssuedToken(sign(claims), expiresAt);
  }

  private String sign(JWTClaimsSet claims) {
    SignedJWT jwt = new SignedJWT(header, claims);
    String payload = jwt.getPayload().toBase64URL().toString();
    if (payload.indexOf('-') >= 0 || payload.indexOf('_') >= 0) {
      throw new IllegalStateException(
          "A claim holds a character that the Java SDK cannot read; check the public endpoint");
    }
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("The key does not sign", e);
    }
    return jwt.serialize();
  }

  private static String wireNames(Set<TokenScope> scopes) {
    return scopes.stream().sorted().map(TokenScope::wireName).collect(Collectors.joining(","));
  }
}
