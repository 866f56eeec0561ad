package io.vaxel.control.resourcemanager;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.OperatorCredential;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.paging.NextLink;
import io.vaxel.common.version.ApiService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The communication resources of a subscription or group, and whether a name is free. */
@Path("/subscriptions/{subscriptionId}")
@ApiService(ResourceManagerVersions.SERVICE)
@OperatorCredential
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class CommunicationServiceListResource {
  private static final int PAGE = 100;

  private final CommunicationResources resources;
  private final ResourceHosts hosts;
  private final ArmLinks links;

  CommunicationServiceListResource(
      CommunicationResources resources, ResourceHosts hosts, ArmLinks links) {
    this.resources = resources;
    this.hosts = hosts;
    this.links = links;
  }

  @GET
  @Limited("resources-read")
  @Path("/providers/Microsoft.Communication/communicationServices")
  @Operation(
      operationId = "listBySubscription",
      summary = "List the resources of a subscription, in the order of their names")
  @ApiResponse(
      responseCode = "200",
      description = "A page of resources",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", description = "The subscription id or $skiptoken is malformed")
  public ArmResource.Page listBySubscription(
      @PathParam("subscriptionId") String subscriptionId,
      @QueryParam("$skiptoken") @Nullable String after,
      @Context ContainerRequestContext request) {
    return page(ArmPlaces.subscription(subscriptionId), null, after, request);
  }

  @GET
  @Limited("resources-read")
  @Path(
      "/resourceGroups/{resourceGroupName}"
          + "/providers/Microsoft.Communication/communicationServices")
  @Operation(
      operationId = "listByResourceGroup",
      summary = "List the resources of a group, in the order of their names")
  @ApiResponse(
      responseCode = "200",
      description = "A page of resources",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", description = "A part of the path or $skiptoken is malformed")
  public ArmResource.Page listByGroup(
      @PathParam("subscriptionId") String subscriptionId,
      @PathParam("resourceGroupName") String group,
      @QueryParam("$skiptoken") @Nullable String after,
      @Context ContainerRequestContext request) {
    ResourcePlace place = ArmPlaces.of(subscriptionId, group);
    return page(place.subscriptionId(), place.groupKey(), after, request);
  }

  @POST
  @Limited("resources-write")
  @Path("/providers/Microsoft.Communication/checkNameAvailability")
  @Operation(operationId = "checkNameAvailability", summary = "Tell whether a name is free")
  @ApiResponse(
      responseCode = "200",
      description = "Whether it is, and why not",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", description = "A field is missing or malformed")
  public NameAvailability checkNameAvailability(
      @PathParam("subscriptionId") String subscriptionId, @Nullable NameRequest body) {
    UUID _ = ArmPlaces.subscription(subscriptionId);
    if (body == null || body.name() == null) {
      throw ArmErrors.required("name");
    }
    if (body.type() == null || !body.type().equalsIgnoreCase(ArmResource.TYPE)) {
      throw ArmErrors.required("type");
    }
    if (!ResourceRules.isName(body.name())) {
      return new NameAvailability(
          false, "Invalid", String.valueOf(ArmErrors.invalidName().body().error().message()));
    }
    return resources.find(body.name()).isPresent()
        ? new NameAvailability(
            false, "AlreadyExists", String.valueOf(ArmErrors.nameTaken().body().error().message()))
        : new NameAvailability(true, null, null);
  }

  private ArmResource.Page page(
      UUID subscriptionId,
      @Nullable String group,
      @Nullable String after,
      ContainerRequestContext request) {
    if (after != null && !ResourceRules.isName(after)) {
      throw ArmErrors.invalidSkipToken();
    }
    List<CommunicationResource> found =
        resources.list(subscriptionId, group, after == null ? "" : after, PAGE + 1);
    List<CommunicationResource> shown = found.subList(0, Math.min(PAGE, found.size()));
    String nextLink =
        found.size() > PAGE
            ? NextLink.of(
                    links.endpoint(),
                    request.getUriInfo(),
                    Map.of("$skiptoken", shown.getLast().name()))
                .toString()
            : null;
    return new ArmResource.Page(
        shown.stream().map(resource -> ArmResource.of(resource, hosts)).toList(), nextLink);
  }

  /** A name that is asked for. */
  record NameRequest(@Nullable String name, @Nullable String type) {}

  /**
   * Whether a name is free.
   *
   * @param reason {@code Invalid} or {@code AlreadyExists} when it is not
   */
  record NameAvailability(
      boolean nameAvailable, @Nullable String reason, @Nullable String message) {}
}
