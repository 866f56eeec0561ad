package io.vaxel.control.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.OperatorCredential;
import io.vaxel.common.error.ApiException;
import io.vaxel.common.paging.NextLink;
import io.vaxel.control.identity.Identities;
import io.vaxel.control.identity.IdentityNotOwnedException;
import io.vaxel.control.identity.UserRecord;
import io.vaxel.control.resourcemanager.CommunicationResources;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The users of a resource. */
@Path("/admin/resources/{name}/users")
@OperatorCredential
@Produces(MediaType.APPLICATION_JSON)
public final class AdminUsersResource {
  private final CommunicationResources resources;
  private final Identities identities;
  private final URI endpoint;

  /**
   * @param endpoint of the operator API, with a slash at its end
   */
  public AdminUsersResource(CommunicationResources resources, Identities identities, URI endpoint) {
    this.resources = resources;
    this.identities = identities;
    this.endpoint = endpoint;
  }

  @GET
  @Operation(operationId = "listUsers", summary = "List users in the order of their ids")
  @ApiResponse(responseCode = "200", description = "A page of users", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", description = "top is out of range")
  @ApiResponse(responseCode = "404", description = "There is no such resource")
  public UserPage list(
      @PathParam("name") String name,
      @QueryParam("after") @DefaultValue("") String after,
      @QueryParam("top") @DefaultValue("100") @Min(1) @Max(AdminPaging.MOST) int top,
      @Context ContainerRequestContext request) {
    List<UserRecord> found = identities.list(resource(name), after, top + 1);
    List<UserRecord> shown = found.subList(0, Math.min(top, found.size()));
    return new UserPage(
        shown.stream().map(UserSummary::of).toList(),
        found.size() > top
            ? NextLink.of(endpoint, request.getUriInfo(), Map.of("after", shown.getLast().id()))
                .toString()
            : null);
  }

  @GET
  @Path("/{id}")
  @Operation(operationId = "getUser", summary = "Get a user")
  @ApiResponse(responseCode = "200", description = "The user", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "404", description = "There is no such resource or user")
  public UserSummary get(@PathParam("name") String name, @PathParam("id") String id) {
    try {
      return UserSummary.of(identities.get(resource(name), id));
    } catch (IdentityNotOwnedException e) {
      throw notFound();
    }
  }

  @DELETE
  @Path("/{id}")
  @Operation(
      operationId = "deleteUser",
      summary = "Delete a user and void the tokens, on open sockets too")
  @ApiResponse(responseCode = "204", description = "The user is gone")
  @ApiResponse(responseCode = "404", description = "There is no such resource or user")
  public void delete(@PathParam("name") String name, @PathParam("id") String id) {
    UUID resource = resource(name);
    try {
      UserRecord user = identities.get(resource, id);
      identities.delete(resource, user.id());
    } catch (IdentityNotOwnedException e) {
      throw notFound();
    }
  }

  @POST
  @Path("/{id}/:revoke")
  @Operation(operationId = "revokeUser", summary = "Void all tokens of a user, on open sockets too")
  @ApiResponse(responseCode = "204", description = "They are void")
  @ApiResponse(responseCode = "404", description = "There is no such resource or user")
  public void revoke(@PathParam("name") String name, @PathParam("id") String id) {
    UUID resource = resource(name);
    try {
      UserRecord user = identities.get(resource, id);
      identities.revokeTokens(resource, user.id());
    } catch (IdentityNotOwnedException e) {
      throw notFound();
    }
  }

  private UUID resource(String name) {
    return AdminPaging.found(resources, name).id();
  }

  private static ApiException notFound() {
    return new ApiException(404, "UserNotFound", "The resource has no such user.", "id");
  }

  /**
   * A user.
   *
   * @param id the raw id
   * @param externalId the application's own name for the user
   * @param lastTokenAt when the user last got a token, to the minute
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record UserSummary(
      String id, @Nullable String externalId, String createdAt, @Nullable String lastTokenAt) {
    static UserSummary of(UserRecord user) {
      return new UserSummary(
          user.id(),
          user.externalId(),
          user.createdAt().toString(),
          user.lastTokenAt() == null ? null : user.lastTokenAt().toString());
    }
  }

  /** A page of users; the last has no link. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record UserPage(List<UserSummary> value, @Nullable String nextLink) {}
}
