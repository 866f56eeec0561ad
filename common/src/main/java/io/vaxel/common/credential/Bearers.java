package io.vaxel.common.credential;

import io.vaxel.common.error.ApiException;
import io.vaxel.common.oidc.IssuedBearer;
import io.vaxel.common.oidc.TrustedIssuers;
import io.vaxel.common.token.InvalidTokenException;
import io.vaxel.common.token.OperatorTokens;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/**
 * Checks the bearers that stand for people and programs, not for users of a resource: operator
 * tokens of this server, and tokens of the issuers that it trusts. Safe for any thread; may fetch
 * an issuer's keys, so it is called from virtual threads only.
 */
public final class Bearers {
  private static final String SCHEME = "Bearer ";

  private final OperatorTokens operatorTokens;
  private final TrustedIssuers issuers;

  public Bearers(OperatorTokens operatorTokens, TrustedIssuers issuers) {
    this.operatorTokens = operatorTokens;
    this.issuers = issuers;
  }

  /** The token of an {@code Authorization} header, when its scheme is Bearer (RFC 6750). */
  public static Optional<String> tokenOf(String authorization) {
    return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(authorization.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  /**
   * Checks a bearer.
   *
   * @param token anything
   * @throws InvalidTokenException when it does not hold; the message goes to the caller
   * @throws io.vaxel.common.oidc.IssuerUnavailableException when its issuer's keys cannot be had
   */
  public Bearer verify(String token) throws InvalidTokenException {
    if (OperatorTokens.isOne(token)) {
      operatorTokens.verify(token);
      return new Bearer(new CallingOperator("operator", CallingOperator.Type.KEY), true, false, "");
    }
    IssuedBearer issued = issuers.verify(token);
    return new Bearer(
        new CallingOperator(
            issued.subject(),
            issued.application() ? CallingOperator.Type.APPLICATION : CallingOperator.Type.USER),
        issued.mayOperate(),
        issued.mayUseData(),
        issued.settings().resource());
  }

  /** What a caller is told whose bearer can be neither trusted nor refused now. */
  static ApiException cannotBeChecked() {
    return new ApiException(
            503, "ServiceUnavailable", "The keys of the bearer's issuer cannot be fetched now.")
        .withHeader(HttpHeaders.RETRY_AFTER, "5");
  }
}
