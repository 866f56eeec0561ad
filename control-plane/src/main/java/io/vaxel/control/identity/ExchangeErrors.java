package io.vaxel.control.identity;

import io.vaxel.common.error.ApiException;
import io.vaxel.common.oidc.IssuedBearer;
import io.vaxel.common.oidc.IssuerUnavailableException;
import io.vaxel.common.token.InvalidTokenException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.UUID;

/** The exchange of users' tokens with its failures as callers are told them. */
final class ExchangeErrors {
  private ExchangeErrors() {}

  static ApiException invalid(String message) {
    return new ApiException(401, "InvalidAccessToken", message)
        .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
  }

  static ApiException bodyMissing() {
    return new ApiException(400, "ValidationError", "token must be set.", "token");
  }

  static IssuedBearer checked(UserExchange exchange, String token) {
    try {
      return exchange.check(token);
    } catch (InvalidTokenException e) {
      throw invalid(String.valueOf(e.getMessage()));
    } catch (IssuerUnavailableException e) {
      throw new ApiException(
              503, "ServiceUnavailable", "The keys of the token's issuer cannot be fetched now.")
          .withHeader(HttpHeaders.RETRY_AFTER, "5");
    }
  }

  static UserExchange.Exchanged exchanged(
      UserExchange exchange, UUID resourceId, IssuedBearer user) {
    try {
      return exchange.exchange(resourceId, user);
    } catch (IdentityNotOwnedException e) {
      throw new ApiException(401, "IdentityNotOwned", String.valueOf(e.getMessage()));
    }
  }
}
