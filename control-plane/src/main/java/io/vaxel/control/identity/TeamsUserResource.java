package io.vaxel.control.identity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.CallingResource;
import io.vaxel.common.credential.ResourceCredential;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.oidc.IssuedBearer;
import io.vaxel.common.version.ApiService;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Tokens for Teams users who signed in to an application that holds the resource's credential. */
@Path("/teamsUser/:exchangeAccessToken")
@ApiService(IdentityVersions.SERVICE)
@Limited("identity-exchange")
@ResourceCredential
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class TeamsUserResource {
  private final UserExchange exchange;

  TeamsUserResource(UserExchange exchange) {
    this.exchange = exchange;
  }

  /**
   * The user's token of an issuer, and whose it should be.
   *
   * @param token a secret
   * @param appId the application that it was given to
   * @param userId the user's object id
   */
  record TeamsExchangeRequest(
      @NotEmpty(message = "must be set") @Nullable String token,
      @NotEmpty(message = "must be set") @Nullable String appId,
      @NotEmpty(message = "must be set") @Nullable String userId) {
    /** Leaves out the token. */
    @Override
    public String toString() {
      return "TeamsExchangeRequest[" + userId + "]";
    }
  }

  @POST
  @Operation(
      operationId = "getTokenForTeamsUser",
      summary = "Exchange an Entra token of a Teams user for a user access token")
  @ApiResponse(responseCode = "200", description = "The token", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", description = "A field is missing")
  @ApiResponse(
      responseCode = "401",
      description = "InvalidAccessToken: of no configured issuer, not valid, or somebody else's")
  public AccessTokenBody exchange(
      @Valid @Nullable TeamsExchangeRequest body, @Context ContainerRequestContext request) {
    if (body == null || body.token() == null || body.appId() == null || body.userId() == null) {
      throw ExchangeErrors.bodyMissing();
    }
    IssuedBearer user = ExchangeErrors.checked(exchange, body.token());
    if (!body.userId().equalsIgnoreCase(user.subject())
        || !body.appId().equalsIgnoreCase(user.clientId())) {
      throw ExchangeErrors.invalid("The token is of another user or application.");
    }
    return AccessTokenBody.of(
        ExchangeErrors.exchanged(exchange, CallingResource.idOf(request), user).token());
  }
}
