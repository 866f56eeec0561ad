package io.vaxel.control.identity;

import io.swagger.v3.oas.annotations.Hidden;
import io.vaxel.common.error.ApiException;
import io.vaxel.common.http.RequestFacts;
import io.vaxel.common.identifier.UserId;
import io.vaxel.common.token.IssuedToken;
import io.vaxel.common.token.TokenScope;
import io.vaxel.common.token.UserTokenIssuer;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.InetAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives a new user and a token to whoever asks from this machine, so that the demo page works
 * without a back end. Registered in development mode only.
 *
 * <p>A page from elsewhere that is open in a browser of this machine also comes from loopback. Its
 * {@code Origin} gives it away: only pages of loopback origins are answered.
 */
@Hidden
@Path("/development/token")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class DevelopmentTokenResource {
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Identities identities;
  private final UUID resourceId;

  DevelopmentTokenResource(Identities identities, UUID resourceId) {
    this.identities = identities;
    this.resourceId = resourceId;
  }

  @POST
  public DevelopmentToken issue(
      @Valid @Nullable DevelopmentTokenRequest body, @Context ContainerRequestContext request) {
    if (!fromLoopback(request)) {
      throw new ApiException(
          403,
          "Forbidden",
          "Development tokens are for callers on the server's own machine. Have your back end ask"
              + " the identity service for one.");
    }
    UserId user = identities.create(resourceId);
    try {
      IssuedToken token =
          identities.issue(
              resourceId,
              user.rawId(),
              EnumSet.of(TokenScope.VOIP, TokenScope.CHAT),
              UserTokenIssuer.LONGEST);
      return new DevelopmentToken(user.rawId(), token.token(), token.expiresAt().toString());
    } catch (IdentityNotOwnedException e) {
      throw new IllegalStateException("The user was deleted while being made", e);
    }
  }

  private static boolean fromLoopback(ContainerRequestContext request) {
    if (!(request.getProperty(RequestFacts.PROPERTY) instanceof RequestFacts facts)) {
      return false;
    }
    InetAddress caller = facts.remoteAddress().getAddress();
    String origin = request.getHeaderString("Origin");
    return caller != null && caller.isLoopbackAddress() && (origin == null || isLoopback(origin));
  }

  private static boolean isLoopback(String origin) {
    try {
      String host = URI.create(origin).getHost();
      return host != null && LOOPBACK_NAMES.contains(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * What a page asks for.
   *
   * @param displayName what the user is called; checked, but kept by the page, which says it when
   *     it joins a call
   */
  record DevelopmentTokenRequest(
      @Size(max = 256, message = "must not be longer than 256 characters")
          @Nullable String displayName) {}

  /**
   * What a page gets.
   *
   * @param userId the raw id of the new user
   * @param token for calling and chat
   * @param expiresOn when it ends, ISO 8601
   */
  record DevelopmentToken(String userId, String token, String expiresOn) {}
}
