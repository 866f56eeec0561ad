package io.vaxel.control.identity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.Bearers;
import io.vaxel.common.credential.ReachableResources;
import io.vaxel.common.error.ApiException;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.oidc.IssuedBearer;
import io.vaxel.common.version.ApiService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tokens for end users who bring one of their issuer as bearer. Which resource they get in is told
 * by the host, or by the issuer's configuration.
 */
@Path("/access")
@ApiService(IdentityVersions.SERVICE)
@Limited("identity-exchange")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class AccessResource {
  private final UserExchange exchange;
  private final ReachableResources resources;

  AccessResource(UserExchange exchange, ReachableResources resources) {
    this.exchange = exchange;
    this.resources = resources;
  }

  @POST
  @Path("/entra/:exchangeAccessToken")
  @Operation(
      operationId = "exchangeEntraToken",
      summary = "Exchange an Entra token of a user for a user access token")
  @ApiResponse(
      responseCode = "200",
      description = "The user and the token",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "401",
      description = "InvalidAccessToken: no bearer of a configured issuer that is valid")
  @ApiResponse(responseCode = "403", description = "The issuer opens no resource on this host")
  public IdentityBody entra(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @HeaderParam(HttpHeaders.HOST) @Nullable String host) {
    IssuedBearer user = checked(authorization);
    return answer(resource(host, user), user);
  }

  @POST
  @Path("/teamsExtension/:exchangeAccessToken")
  @Operation(
      operationId = "exchangeTeamsExtensionToken",
      summary = "Exchange an Entra token of an assigned Teams phone user for a user access token")
  @ApiResponse(
      responseCode = "200",
      description = "The user and the token",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "401",
      description = "InvalidAccessToken: no bearer of a configured issuer that is valid")
  @ApiResponse(responseCode = "403", description = "The user has no assignment")
  public IdentityBody teamsExtension(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @HeaderParam(HttpHeaders.HOST) @Nullable String host) {
    IssuedBearer user = checked(authorization);
    UUID resource = resource(host, user);
    if (!exchange.isAssigned(resource, user)) {
      throw new ApiException(
          403, "Forbidden", "The resource has no assignment for the user and application.");
    }
    return answer(resource, user);
  }

  private IssuedBearer checked(@Nullable String authorization) {
    String token = authorization == null ? "" : Bearers.tokenOf(authorization).orElse("");
    if (token.isEmpty()) {
      throw ExchangeErrors.invalid("The Authorization header must carry the user's Bearer token.");
    }
    return ExchangeErrors.checked(exchange, token);
  }

  private UUID resource(@Nullable String host, IssuedBearer user) {
    String name = host == null ? "" : host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    return resources
        .at(name, user.settings().resource())
        .orElseThrow(
            () ->
                new ApiException(
                    403, "Forbidden", "The token's issuer opens no resource on this host."))
        .id();
  }

  private IdentityBody answer(UUID resource, IssuedBearer user) {
    UserExchange.Exchanged exchanged = ExchangeErrors.exchanged(exchange, resource, user);
    return new IdentityBody(
        new IdentityBody.Id(exchanged.userId().rawId()), AccessTokenBody.of(exchanged.token()));
  }
}
