package io.vaxel.control.identity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.CallingResource;
import io.vaxel.common.credential.ResourceCredential;
import io.vaxel.common.error.ApiException;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.token.TokenScope;
import io.vaxel.common.token.UserTokenIssuer;
import io.vaxel.common.version.ApiService;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Users and their access tokens: the ACS identity service, REST side. */
@Path("/identities")
@ApiService(IdentityVersions.SERVICE)
@ResourceCredential
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class IdentityResource {
  private static final String NOT_OWNED =
      "The credential does not hold, or the resource has no such user (IdentityNotOwned).";

  private final Identities identities;

  IdentityResource(Identities identities) {
    this.identities = identities;
  }

  @POST
  @Limited("identity-create")
  @Operation(
      operationId = "createUser",
      summary = "Makes a user, with an access token when scopes are named")
  @ApiResponse(
      responseCode = "200",
      description = "There is a user of this externalId already; a preview's.",
      content = @Content(schema = @Schema(implementation = IdentityBody.class)))
  @ApiResponse(
      responseCode = "201",
      description = "The user was made.",
      content = @Content(schema = @Schema(implementation = IdentityBody.class)))
  public Response create(
      @Valid @Nullable CreateIdentityRequest body, @Context ContainerRequestContext request) {
    List<@Nullable String> names =
        body == null || body.createTokenWithScopes() == null
            ? List.of()
            : body.createTokenWithScopes();
    Set<TokenScope> scopes = scopes(names, "createTokenWithScopes");
    UUID resource = CallingResource.idOf(request);
    String externalId = body == null ? null : body.externalId();
    Identities.Named created =
        externalId == null
            ? new Identities.Named(identities.create(resource), true)
            : identities.create(resource, externalId);
    AccessTokenBody token =
        body == null || scopes.isEmpty()
            ? null
            : issue(resource, created.id().rawId(), scopes, lifetime(body.expiresInMinutes()));
    return Response.status(created.created() ? Response.Status.CREATED : Response.Status.OK)
        .entity(new IdentityBody(new IdentityBody.Id(created.id().rawId()), token))
        .build();
  }

  @GET
  @Path("/{id}")
  @Limited("identity-read")
  @Operation(operationId = "getUser", summary = "Gets a user; of the previews with external ids")
  @ApiResponse(responseCode = "200", description = "The user.", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "401", description = NOT_OWNED)
  public IdentityDetails get(@PathParam("id") String id, @Context ContainerRequestContext request) {
    try {
      return IdentityDetails.of(identities.get(CallingResource.idOf(request), id));
    } catch (IdentityNotOwnedException e) {
      throw notOwned(e);
    }
  }

  @POST
  @Path("/{id}/:issueAccessToken")
  @Limited("identity-issue")
  @Operation(operationId = "getToken", summary = "Makes an access token for a user")
  @ApiResponse(
      responseCode = "200",
      description = "The token, which is not kept by the server.",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "401", description = NOT_OWNED)
  public AccessTokenBody issue(
      @PathParam("id") String id,
      @Valid @Nullable IssueTokenRequest body,
      @Context ContainerRequestContext request) {
    if (body == null || body.scopes() == null) {
      throw invalid("scopes", "scopes must name at least one scope.");
    }
    return issue(
        CallingResource.idOf(request),
        id,
        scopes(body.scopes(), "scopes"),
        lifetime(body.expiresInMinutes()));
  }

  @POST
  @Path("/{id}/:revokeAccessTokens")
  @Limited("identity-revoke")
  @Operation(operationId = "revokeTokens", summary = "Voids every access token of a user, at once")
  @ApiResponse(responseCode = "204", description = "No token of before works any more.")
  @ApiResponse(responseCode = "401", description = NOT_OWNED)
  public void revoke(@PathParam("id") String id, @Context ContainerRequestContext request) {
    try {
      identities.revokeTokens(CallingResource.idOf(request), id);
    } catch (IdentityNotOwnedException e) {
      throw notOwned(e);
    }
  }

  @DELETE
  @Path("/{id}")
  @Limited("identity-delete")
  @Operation(operationId = "deleteUser", summary = "Removes a user and voids the access tokens")
  @ApiResponse(responseCode = "204", description = "The user is gone, now or before.")
  @ApiResponse(responseCode = "401", description = NOT_OWNED)
  public void delete(@PathParam("id") String id, @Context ContainerRequestContext request) {
    try {
      identities.delete(CallingResource.idOf(request), id);
    } catch (IdentityNotOwnedException e) {
      throw notOwned(e);
    }
  }

  private AccessTokenBody issue(
      UUID resource, String id, Set<TokenScope> scopes, Duration lifetime) {
    try {
      return AccessTokenBody.of(identities.issue(resource, id, scopes, lifetime));
    } catch (IdentityNotOwnedException e) {
      throw notOwned(e);
    }
  }

  private static Duration lifetime(@Nullable Integer minutes) {
    return minutes == null ? UserTokenIssuer.LONGEST : Duration.ofMinutes(minutes);
  }

  private static Set<TokenScope> scopes(List<@Nullable String> names, String field) {
    Set<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
    for (String name : names) {
      scopes.add(
          TokenScope.of(String.valueOf(name))
              .orElseThrow(() -> invalid(field, field + " holds an unknown scope.")));
    }
    return scopes;
  }

  private static ApiException invalid(String field, String message) {
    return new ApiException(400, "ValidationError", message, field);
  }

  /** ACS answers 401, not 404: it does not tell a foreign user from one that never was. */
  private static ApiException notOwned(IdentityNotOwnedException e) {
    return new ApiException(401, "IdentityNotOwned", String.valueOf(e.getMessage()));
  }
}
