package io.vaxel.control.identity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.CallingResource;
import io.vaxel.common.credential.ResourceCredential;
import io.vaxel.common.error.ApiException;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.version.ApiService;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who of a tenant may have tokens of the Teams phone extension. */
@Path("/access/teamsExtension/tenants/{tenantId}/assignments/{objectId}")
@ApiService(IdentityVersions.SERVICE)
@Limited("identity-exchange")
@ResourceCredential
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class TeamsAssignmentResource {
  static final String GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  private final TeamsAssignments assignments;

  TeamsAssignmentResource(TeamsAssignments assignments) {
    this.assignments = assignments;
  }

  /**
   * What is assigned.
   *
   * @param principalType {@code user} or {@code resourceAccount}
   * @param clientIds applications that may ask; any when left out
   */
  record AssignmentRequest(
      @Pattern(regexp = "user|resourceAccount", message = "must be user or resourceAccount")
          @Nullable String principalType,
      @Size(max = 100, message = "must not hold more than 100 applications")
          @Nullable
              List<
                  @NotNull(message = "must be GUIDs")
                  @Pattern(regexp = GUID, message = "must be GUIDs") String>
              clientIds) {}

  @GET
  @Operation(operationId = "getTeamsExtensionAssignment", summary = "Get an assignment")
  @ApiResponse(responseCode = "200", description = "The assignment", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", description = "An id is not a GUID")
  @ApiResponse(responseCode = "404", description = "There is no such assignment")
  public TeamsAssignments.Assignment get(
      @PathParam("tenantId") String tenantId,
      @PathParam("objectId") String objectId,
      @Context ContainerRequestContext request) {
    return assignments
        .find(CallingResource.idOf(request), guid(tenantId, "tenantId"), guid(objectId, "objectId"))
        .orElseThrow(() -> new ApiException(404, "NotFound", "There is no such assignment."));
  }

  @PUT
  @Operation(operationId = "putTeamsExtensionAssignment", summary = "Make or replace an assignment")
  @ApiResponse(responseCode = "200", description = "It was replaced")
  @ApiResponse(responseCode = "201", description = "It is new")
  @ApiResponse(responseCode = "400", description = "A field or id breaks its rule")
  public Response put(
      @PathParam("tenantId") String tenantId,
      @PathParam("objectId") String objectId,
      @Valid @Nullable AssignmentRequest body,
      @Context ContainerRequestContext request) {
    if (body == null || body.principalType() == null) {
      throw new ApiException(400, "ValidationError", "principalType must be set.", "principalType");
    }
    TeamsAssignments.Assignment assignment =
        new TeamsAssignments.Assignment(
            guid(objectId, "objectId"),
            guid(tenantId, "tenantId"),
            body.principalType(),
            body.clientIds() == null
                ? List.of()
                : body.clientIds().stream().map(id -> id.toLowerCase(Locale.ROOT)).toList());
    boolean created = assignments.put(CallingResource.idOf(request), assignment);
    return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
        .entity(assignment)
        .build();
  }

  @DELETE
  @Operation(operationId = "deleteTeamsExtensionAssignment", summary = "Remove an assignment")
  @ApiResponse(responseCode = "204", description = "It is gone, or never was")
  @ApiResponse(responseCode = "400", description = "An id is not a GUID")
  public void delete(
      @PathParam("tenantId") String tenantId,
      @PathParam("objectId") String objectId,
      @Context ContainerRequestContext request) {
    assignments.delete(
        CallingResource.idOf(request), guid(tenantId, "tenantId"), guid(objectId, "objectId"));
  }

  private static String guid(String id, String target) {
    if (!id.matches(GUID)) {
      throw new ApiException(400, "ValidationError", target + " must be a GUID.", target);
    }
    return id.toLowerCase(Locale.ROOT);
  }
}
