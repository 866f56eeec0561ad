package io.vaxel.control.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.OperatorCredential;
import io.vaxel.common.paging.NextLink;
import io.vaxel.control.resourcemanager.CommunicationResource;
import io.vaxel.control.resourcemanager.CommunicationResources;
import io.vaxel.control.resourcemanager.ResourceHosts;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
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
import org.jspecify.annotations.Nullable;

/** The resources of the server, without their keys: those are told by resource management alone. */
@Path("/admin/resources")
@OperatorCredential
@Produces(MediaType.APPLICATION_JSON)
public final class AdminResource {
  private final CommunicationResources resources;
  private final ResourceHosts hosts;
  private final URI endpoint;

  /**
   * @param endpoint of the operator API, with a slash at its end
   */
  public AdminResource(CommunicationResources resources, ResourceHosts hosts, URI endpoint) {
    this.resources = resources;
    this.hosts = hosts;
    this.endpoint = endpoint;
  }

  @GET
  @Operation(operationId = "listResources", summary = "List resources in the order of their names")
  @ApiResponse(
      responseCode = "200",
      description = "A page of resources",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", description = "top is out of range")
  public ResourcePage list(
      @QueryParam("after") @DefaultValue("") String after,
      @QueryParam("top") @DefaultValue("100") @Min(1) @Max(AdminPaging.MOST) int top,
      @Context ContainerRequestContext request) {
    List<CommunicationResource> found = resources.list(null, null, after, top + 1);
    List<CommunicationResource> shown = found.subList(0, Math.min(top, found.size()));
    return new ResourcePage(
        shown.stream().map(this::summary).toList(),
        found.size() > top
            ? NextLink.of(endpoint, request.getUriInfo(), Map.of("after", shown.getLast().name()))
                .toString()
            : null);
  }

  @GET
  @Path("/{name}")
  @Operation(operationId = "getResource", summary = "Get a resource")
  @ApiResponse(responseCode = "200", description = "The resource", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "404", description = "There is no such resource")
  public ResourceSummary get(@PathParam("name") String name) {
    return summary(AdminPaging.found(resources, name));
  }

  private ResourceSummary summary(CommunicationResource resource) {
    return new ResourceSummary(
        resource.name(),
        resource.id().toString(),
        hosts.endpointOf(resource.name()).toString(),
        resource.place().subscriptionId().toString(),
        resource.place().resourceGroup(),
        resource.dataLocation(),
        resource.state().wireName(),
        resource.settings().disableLocalAuth(),
        resource.history().createdAt().toString());
  }

  /**
   * A resource.
   *
   * @param id the immutable id
   * @param endpoint where clients reach it
   * @param state {@code Succeeded} or {@code Deleting}
   */
  record ResourceSummary(
      String name,
      String id,
      String endpoint,
      String subscriptionId,
      String resourceGroup,
      String dataLocation,
      String state,
      boolean disableLocalAuth,
      String createdAt) {}

  /** A page of resources; the last has no link. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ResourcePage(List<ResourceSummary> value, @Nullable String nextLink) {}
}
