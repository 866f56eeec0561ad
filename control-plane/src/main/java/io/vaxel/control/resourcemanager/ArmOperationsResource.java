package io.vaxel.control.resourcemanager;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.OperatorCredential;
import io.vaxel.common.error.ApiException;
import io.vaxel.common.error.ErrorBody;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.operation.Operation;
import io.vaxel.common.operation.OperationError;
import io.vaxel.common.operation.OperationStatus;
import io.vaxel.common.operation.Operations;
import io.vaxel.common.version.ApiService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The asynchronous operations of resource management, for those who poll. */
@Path("/subscriptions/{subscriptionId}/providers/Microsoft.Communication/locations/{location}")
@ApiService(ResourceManagerVersions.SERVICE)
@OperatorCredential
@Produces(MediaType.APPLICATION_JSON)
public final class ArmOperationsResource {
  /** Creating is done before it is answered, so its operation is the resource itself. */
  private static final String CREATION = "create-resource_";

  private final Operations operations;
  private final CommunicationResources resources;
  private final ArmLinks links;

  ArmOperationsResource(Operations operations, CommunicationResources resources, ArmLinks links) {
    this.operations = operations;
    this.resources = resources;
    this.links = links;
  }

  static String creationOf(CommunicationResource resource) {
    return CREATION + resource.id();
  }

  @GET
  @Limited("resources-read")
  @Path("/operationStatuses/{operationId}")
  @io.swagger.v3.oas.annotations.Operation(
      operationId = "getOperationStatus",
      summary = "Tell how an operation stands")
  @ApiResponse(responseCode = "200", description = "Its status: Running, Succeeded or Failed")
  @ApiResponse(responseCode = "404", description = "There is no such operation")
  public Response status(
      @PathParam("subscriptionId") String subscriptionId,
      @PathParam("location") String location,
      @PathParam("operationId") String operationId,
      @Context ContainerRequestContext request) {
    Standing standing = standing(ArmPlaces.subscription(subscriptionId), operationId);
    Response.ResponseBuilder answer =
        Response.ok(
            new StatusBody(
                request.getUriInfo().getRequestUri().getRawPath(),
                operationId,
                standing.status(),
                standing.begun().toString(),
                standing.ended() == null ? null : standing.ended().toString(),
                standing.error() == null
                    ? null
                    : ErrorBody.Detail.of(
                        standing.error().code(), standing.error().message(), null)));
    return standing.status().equals(Standing.RUNNING)
        ? answer.header(HttpHeaders.RETRY_AFTER, ArmLinks.RETRY_AFTER).build()
        : answer.build();
  }

  @GET
  @Limited("resources-read")
  @Path("/operationResults/{operationId}")
  @io.swagger.v3.oas.annotations.Operation(
      operationId = "getOperationResult",
      summary = "Get the outcome of an operation")
  @ApiResponse(responseCode = "202", description = "It is not done yet")
  @ApiResponse(responseCode = "204", description = "It is done")
  @ApiResponse(responseCode = "404", description = "There is no such operation")
  @ApiResponse(responseCode = "500", description = "The operation failed; the error says why")
  public Response result(
      @PathParam("subscriptionId") String subscriptionId,
      @PathParam("location") String location,
      @PathParam("operationId") String operationId,
      @Context ContainerRequestContext request) {
    UUID subscription = ArmPlaces.subscription(subscriptionId);
    Standing standing = standing(subscription, operationId);
    if (standing.error() != null) {
      throw new ApiException(500, standing.error().code(), standing.error().message());
    }
    return standing.status().equals(Standing.RUNNING)
        ? Response.accepted()
            .header(HttpHeaders.LOCATION, links.result(request, subscription, operationId))
            .header(HttpHeaders.RETRY_AFTER, ArmLinks.RETRY_AFTER)
            .build()
        : Response.noContent().build();
  }

  private Standing standing(UUID subscription, String operationId) {
    return (operationId.startsWith(CREATION)
            ? creation(subscription, operationId.substring(CREATION.length()))
            : deletion(operationId))
        .orElseThrow(
            () -> new ApiException(404, "OperationNotFound", "There is no such operation."));
  }

  private Optional<Standing> creation(UUID subscription, String resourceId) {
    return parsed(resourceId)
        .flatMap(resources::find)
        .filter(resource -> resource.place().subscriptionId().equals(subscription))
        .map(
            resource ->
                new Standing(
                    Standing.SUCCEEDED,
                    resource.history().createdAt(),
                    resource.history().createdAt(),
                    null));
  }

  /** A deletion goes on in further operations until the resource is gone. */
  private Optional<Standing> deletion(String operationId) {
    return operations
        .find(ResourceManager.OWNER, operationId)
        .filter(operation -> operation.kind().equals(ResourceDeletion.KIND))
        .map(this::deletion);
  }

  private Standing deletion(Operation operation) {
    if (operation.status() == OperationStatus.FAILED) {
      return new Standing(
          Standing.FAILED, operation.createdAt(), operation.lastActionAt(), operation.error());
    }
    boolean gone =
        operation.status() == OperationStatus.SUCCEEDED
            && resources.find(UUID.fromString(operation.input())).isEmpty();
    return gone
        ? new Standing(Standing.SUCCEEDED, operation.createdAt(), operation.lastActionAt(), null)
        : new Standing(Standing.RUNNING, operation.createdAt(), null, null);
  }

  private static Optional<UUID> parsed(String guid) {
    try {
      return Optional.of(ArmPlaces.subscription(guid));
    } catch (ApiException e) {
      return Optional.empty();
    }
  }

  private record Standing(
      String status, Instant begun, @Nullable Instant ended, @Nullable OperationError error) {
    static final String RUNNING = "Running";
    static final String SUCCEEDED = "Succeeded";
    static final String FAILED = "Failed";
  }

  /**
   * How an operation stands.
   *
   * @param status {@code Running}, {@code Succeeded} or {@code Failed}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StatusBody(
      String id,
      String name,
      String status,
      String startTime,
      @Nullable String endTime,
      ErrorBody.@Nullable Detail error) {}
}
