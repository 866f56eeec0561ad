package io.vaxel.common.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.vaxel.common.token.ExpiredTokenException;
import io.vaxel.common.token.InvalidTokenException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One issuer and the keys that it publishes. Safe for any thread; may block on the network. */
final class TrustedIssuer implements AutoCloseable {
  /** Public keys only: an HMAC would make the issuer's public key a secret that anybody has. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

  /** How far the clocks of issuers may be off. */
  private static final int SKEW_SECONDS = 60;

  /** Subjects become keys of a table. */
  private static final int LONGEST_SUBJECT = 256;

  private final IssuerSettings settings;
  private final InstantSource clock;
  private final IssuerKeys keys;

  TrustedIssuer(IssuerSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.keys = new IssuerKeys(settings, clock);
  }

  /** The claim {@code iss} of its tokens. */
  String name() {
    return settings.issuer();
  }

  boolean exchangesUsers() {
    return !settings.userAudiences().isEmpty();
  }

  IssuedBearer verify(SignedJWT jwt) throws InvalidTokenException {
    return read(claims(jwt, settings.audiences()));
  }

  IssuedBearer verifyUser(SignedJWT jwt) throws InvalidTokenException {
    return read(claims(jwt, settings.userAudiences()));
  }

  private JWTClaimsSet claims(SignedJWT jwt, Set<String> audiences) throws InvalidTokenException {
    if (audiences.isEmpty()) {
      throw new InvalidTokenException("The token is for another audience.");
    }
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    // The time is checked below, by our clock.
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            audiences,
            new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
            Set.of("exp"),
            null) {
          @Override
          protected @Nullable Date currentTime() {
            return null;
          }
        });
    try {
      JWTClaimsSet claims = processor.process(jwt, null);
      requireTime(claims);
      return claims;
    } catch (RateLimitReachedException e) {
      // Keys were fetched a moment ago and this one was not among them.
      throw new InvalidTokenException("The token is signed with an unknown key.");
    } catch (KeySourceException e) {
      throw new IssuerUnavailableException(settings.issuer(), e);
    } catch (BadJOSEException e) {
      throw new InvalidTokenException(
          "The token is not valid: its signature, type, issuer or audience is wrong.");
    } catch (JOSEException | RuntimeException e) {
      // What went wrong may quote the token.
      throw new InvalidTokenException("The token is malformed.");
    }
  }

  private void requireTime(JWTClaimsSet claims) throws InvalidTokenException {
    Instant now = clock.instant();
    Date end = claims.getExpirationTime();
    if (end == null || !end.toInstant().plusSeconds(SKEW_SECONDS).isAfter(now)) {
      throw new ExpiredTokenException();
    }
    Date begin = claims.getNotBeforeTime();
    if (begin != null && begin.toInstant().minusSeconds(SKEW_SECONDS).isAfter(now)) {
      throw new InvalidTokenException("The token is not valid yet.");
    }
  }

  private IssuedBearer read(JWTClaimsSet claims) throws InvalidTokenException {
    String subject = text(claims, "oid");
    if (subject == null) {
      subject = text(claims, "sub");
    }
    if (subject == null || subject.length() > LONGEST_SUBJECT) {
      throw new InvalidTokenException("The token has no usable subject.");
    }
    String client = text(claims, "azp");
    if (client == null) {
      client = text(claims, "appid");
    }
    if (client == null) {
      client = text(claims, "client_id");
    }
    Set<String> roles = roles(claims);
    return new IssuedBearer(
        settings,
        subject,
        text(claims, "tid"),
        client,
        "app".equals(text(claims, "idtyp")),
        roles.stream().anyMatch(settings.operatorRoles()::contains),
        roles.stream().anyMatch(settings.dataRoles()::contains));
  }

  private static @Nullable String text(JWTClaimsSet claims, String name) {
    return claims.getClaim(name) instanceof String text && !text.isEmpty() ? text : null;
  }

  private Set<String> roles(JWTClaimsSet claims) {
    Object value = claims.getClaims();
    if (claims.getClaim(settings.rolesClaim()) != null) {
      value = claims.getClaim(settings.rolesClaim());
    } else {
      for (String step : settings.rolesClaim().split("\\.", -1)) {
        value = value instanceof Map<?, ?> object ? object.get(step) : null;
      }
    }
    Set<String> roles = new HashSet<>();
    if (value instanceof String text) {
      roles.addAll(List.of(text.split(" ", -1)));
    } else if (value instanceof Collection<?> list) {
      list.forEach(role -> roles.add(String.valueOf(role)));
    }
    return roles;
  }

  @Override
  public void close() {
    keys.close();
  }
}
