package io.vaxel.common.credential;

import io.vaxel.common.error.ApiException;
import io.vaxel.common.oidc.IssuerUnavailableException;
import io.vaxel.common.token.InvalidTokenException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Lets in operators and tells the resource who it is ({@link CallingOperator}). Refuses with 401
 * and a challenge (RFC 6750) who has no bearer that holds, and with 403 who lacks the role; the
 * codes are those of Azure Resource Manager.
 */
@OperatorCredential
@Priority(Priorities.AUTHENTICATION)
public final class OperatorCredentialFilter implements ContainerRequestFilter {
  private final Bearers bearers;

  public OperatorCredentialFilter(Bearers bearers) {
    this.bearers = bearers;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Bearer bearer = verified(request.getHeaderString(HttpHeaders.AUTHORIZATION));
    if (!bearer.mayOperate()) {
      throw new ApiException(
          403, "AuthorizationFailed", "The bearer does not have the operator role.");
    }
    CallingOperator.set(request, bearer.operator());
  }

  private Bearer verified(@Nullable String authorization) {
    String token = authorization == null ? "" : Bearers.tokenOf(authorization).orElse("");
    if (token.isEmpty()) {
      throw refusal("The Authorization header must carry a Bearer token of an operator.", "Bearer");
    }
    try {
      return bearers.verify(token);
    } catch (InvalidTokenException e) {
      throw refusal(String.valueOf(e.getMessage()), "Bearer error=\"invalid_token\"");
    } catch (IssuerUnavailableException e) {
      throw Bearers.cannotBeChecked();
    }
  }

  private static ApiException refusal(String message, String challenge) {
    return new ApiException(401, "AuthenticationFailed", message)
        .withHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
  }
}
