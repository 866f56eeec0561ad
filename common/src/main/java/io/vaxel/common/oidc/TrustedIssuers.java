package io.vaxel.common.oidc;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.SignedJWT;
import io.vaxel.common.token.InvalidTokenException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The issuers of the configuration. Safe for any thread; may fetch an issuer's keys, so it is
 * called from virtual threads only.
 */
public final class TrustedIssuers implements AutoCloseable {
  /** Tokens of Entra with many groups reach 8 KiB; what is longer is not parsed. */
  private static final int LONGEST = 16 << 10;

  private final Map<String, TrustedIssuer> byName;

  /**
   * @throws IllegalArgumentException when two have the same name
   */
  public TrustedIssuers(List<IssuerSettings> issuers, InstantSource clock) {
    try {
      this.byName =
          issuers.stream()
              .map(settings -> new TrustedIssuer(settings, clock))
              .collect(Collectors.toMap(TrustedIssuer::name, Function.identity()));
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("An issuer is configured twice", e);
    }
  }

  /** Whether an issuer's users may exchange their tokens. */
  public boolean exchangeUsers() {
    return byName.values().stream().anyMatch(TrustedIssuer::exchangesUsers);
  }

  /**
   * Checks the token of a program or a person that uses the API.
   *
   * @param token anything
   * @throws InvalidTokenException when it does not hold; the message goes to the caller
   * @throws IssuerUnavailableException when its issuer's keys cannot be had now
   */
  public IssuedBearer verify(String token) throws InvalidTokenException {
    SignedJWT jwt = parse(token);
    return issuerOf(jwt).verify(jwt);
  }

  /**
   * Checks the token of an end user who wants a user access token for it.
   *
   * @param token anything
   * @throws InvalidTokenException when it does not hold; the message goes to the caller
   * @throws IssuerUnavailableException when its issuer's keys cannot be had now
   */
  public IssuedBearer verifyUser(String token) throws InvalidTokenException {
    SignedJWT jwt = parse(token);
    return issuerOf(jwt).verifyUser(jwt);
  }

  private static SignedJWT parse(String token) throws InvalidTokenException {
    if (token.length() > LONGEST) {
      throw new InvalidTokenException("The token is too long.");
    }
    try {
      return SignedJWT.parse(token);
    } catch (ParseException | RuntimeException e) {
      // The parser also fails with runtime exceptions; either may quote the token.
      throw new InvalidTokenException("The token is not a signed JWT.");
    }
  }

  /** The issuer that a token names, which it has yet to prove. */
  private TrustedIssuer issuerOf(JWT jwt) throws InvalidTokenException {
    String name;
    try {
      name = jwt.getJWTClaimsSet().getIssuer();
    } catch (ParseException | RuntimeException e) {
      throw new InvalidTokenException("The token holds no claims.");
    }
    TrustedIssuer issuer = name == null ? null : byName.get(name);
    if (issuer == null) {
      throw new InvalidTokenException("The token is of no issuer that this server trusts.");
    }
    return issuer;
  }

  /** Stops fetching keys. */
  @Override
  public void close() {
    byName.values().forEach(TrustedIssuer::close);
  }
}
