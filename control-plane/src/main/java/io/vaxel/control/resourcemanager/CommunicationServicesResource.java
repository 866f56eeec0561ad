package io.vaxel.control.resourcemanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.CallingOperator;
import io.vaxel.common.credential.OperatorCredential;
import io.vaxel.common.json.MergePatch;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.version.ApiService;
import io.vaxel.control.resourcemanager.CommunicationResource.Settings;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Providers;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One communication resource: {@code communicationServices/{name}} of Azure Resource Manager. */
@Path(
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
        + "/providers/Microsoft.Communication/communicationServices/{communicationServiceName}")
@ApiService(ResourceManagerVersions.SERVICE)
@OperatorCredential
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class CommunicationServicesResource {
  private static final String ASYNC = "Azure-AsyncOperation";

  private final ResourceManager manager;
  private final ResourceHosts hosts;
  private final ArmLinks links;
  private final Validator validator = Validation.buildDefaultValidatorFactory().getValidator();

  CommunicationServicesResource(ResourceManager manager, ResourceHosts hosts, ArmLinks links) {
    this.manager = manager;
    this.hosts = hosts;
    this.links = links;
  }

  @PUT
  @Limited("resources-write")
  @Operation(operationId = "createOrUpdate", summary = "Create a resource, or replace its settings")
  @ApiResponse(responseCode = "200", description = "The settings were replaced")
  @ApiResponse(responseCode = "201", description = "Created; the operation is already done")
  @ApiResponse(responseCode = "400", description = "A name or a field breaks its rule")
  @ApiResponse(
      responseCode = "409",
      description = "The name is taken, the server is full, or a fixed property differs")
  @ApiResponse(responseCode = "412", description = "If-Match or If-None-Match does not hold")
  public Response put(
      @PathParam("subscriptionId") String subscriptionId,
      @PathParam("resourceGroupName") String group,
      @PathParam("communicationServiceName") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
      @Valid @Nullable PutResourceRequest body,
      @Context ContainerRequestContext request) {
    ResourcePlace place = ArmPlaces.of(subscriptionId, group);
    if (body == null || body.location() == null) {
      throw ArmErrors.required("location");
    }
    if (!body.location().equalsIgnoreCase("global")) {
      throw ArmErrors.invalidLocation();
    }
    ResourceManager.Outcome outcome =
        manager.put(
            place,
            name,
            body.properties() == null ? null : body.properties().dataLocation(),
            body.settings(),
            new Precondition(ifMatch, ifNoneMatch),
            CallingOperator.of(request));
    Response.ResponseBuilder answer =
        shown(outcome.created() ? Response.Status.CREATED : Response.Status.OK, outcome.resource());
    if (outcome.created()) {
      String operation = ArmOperationsResource.creationOf(outcome.resource());
      answer
          .header(ASYNC, links.status(request, place.subscriptionId(), operation))
          .header(HttpHeaders.RETRY_AFTER, ArmLinks.RETRY_AFTER);
    }
    return answer.build();
  }

  @GET
  @Limited("resources-read")
  @Operation(operationId = "get", summary = "Get a resource")
  @ApiResponse(responseCode = "200", description = "The resource")
  @ApiResponse(responseCode = "404", description = "There is no such resource")
  public Response get(
      @PathParam("subscriptionId") String subscriptionId,
      @PathParam("resourceGroupName") String group,
      @PathParam("communicationServiceName") String name) {
    return shown(Response.Status.OK, manager.get(ArmPlaces.of(subscriptionId, group), name))
        .build();
  }

  @PATCH
  @Limited("resources-write")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(
      operationId = "update",
      summary = "Change settings of a resource: a merge patch, null removes (RFC 7396)")
  @ApiResponse(responseCode = "200", description = "The resource as it is now")
  @ApiResponse(responseCode = "400", description = "A field breaks its rule")
  @ApiResponse(responseCode = "404", description = "There is no such resource")
  @ApiResponse(responseCode = "409", description = "The resource is being deleted")
  @ApiResponse(responseCode = "412", description = "If-Match does not hold")
  public Response patch(
      @PathParam("subscriptionId") String subscriptionId,
      @PathParam("resourceGroupName") String group,
      @PathParam("communicationServiceName") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode body,
      @Context Providers providers,
      @Context ContainerRequestContext request)
      throws JsonProcessingException {
    ObjectMapper mapper = mapperOf(providers);
    JsonNode changes = body == null ? mapper.createObjectNode() : body;
    return shown(
            Response.Status.OK,
            manager.update(
                ArmPlaces.of(subscriptionId, group),
                name,
                before -> patched(before, changes, mapper),
                new Precondition(ifMatch, null),
                CallingOperator.of(request)))
        .build();
  }

  @DELETE
  @Limited("resources-write")
  @Operation(operationId = "delete", summary = "Delete a resource and everything in it")
  @ApiResponse(responseCode = "202", description = "It is dead at once, and being removed")
  @ApiResponse(responseCode = "204", description = "There is no such resource")
  @ApiResponse(responseCode = "409", description = "The resource default stays")
  @ApiResponse(responseCode = "412", description = "If-Match does not hold")
  public Response delete(
      @PathParam("subscriptionId") String subscriptionId,
      @PathParam("resourceGroupName") String group,
      @PathParam("communicationServiceName") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Context ContainerRequestContext request) {
    ResourcePlace place = ArmPlaces.of(subscriptionId, group);
    Optional<io.vaxel.common.operation.Operation> begun =
        manager.delete(place, name, new Precondition(ifMatch, null), CallingOperator.of(request));
    if (begun.isEmpty()) {
      return Response.noContent().build();
    }
    String id = begun.get().id();
    return Response.accepted()
        .header(ASYNC, links.status(request, place.subscriptionId(), id))
        .header(HttpHeaders.LOCATION, links.result(request, place.subscriptionId(), id))
        .header(HttpHeaders.RETRY_AFTER, ArmLinks.RETRY_AFTER)
        .build();
  }

  @POST
  @Limited("resources-write")
  @Path("/listKeys")
  @Consumes(MediaType.WILDCARD)
  @Operation(operationId = "listKeys", summary = "Get both access keys and connection strings")
  @ApiResponse(responseCode = "200", description = "The keys", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "404", description = "There is no such resource")
  @ApiResponse(responseCode = "409", description = "The resource is being deleted")
  public KeysBody listKeys(
      @PathParam("subscriptionId") String subscriptionId,
      @PathParam("resourceGroupName") String group,
      @PathParam("communicationServiceName") String name) {
    return keys(name, manager.keys(ArmPlaces.of(subscriptionId, group), name));
  }

  @POST
  @Limited("resources-write")
  @Path("/regenerateKey")
  @Operation(
      operationId = "regenerateKey",
      summary = "Replace an access key; the old one stops to work at once")
  @ApiResponse(responseCode = "200", description = "The keys", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", description = "keyType is neither Primary nor Secondary")
  @ApiResponse(responseCode = "404", description = "There is no such resource")
  @ApiResponse(responseCode = "409", description = "The resource is being deleted")
  public KeysBody regenerateKey(
      @PathParam("subscriptionId") String subscriptionId,
      @PathParam("resourceGroupName") String group,
      @PathParam("communicationServiceName") String name,
      @Valid @Nullable RegenerateKeyRequest body) {
    ResourcePlace place = ArmPlaces.of(subscriptionId, group);
    if (body == null || body.keyType() == null) {
      throw ArmErrors.required("keyType");
    }
    AccessKeys.Slot slot = AccessKeys.Slot.valueOf(body.keyType().toUpperCase(Locale.ROOT));
    return keys(name, manager.regenerate(place, name, slot));
  }

  @POST
  @Limited("resources-write")
  @Path("/linkNotificationHub")
  @Operation(
      operationId = "linkNotificationHub",
      summary = "Remember a notification hub; its connection string is not kept")
  @ApiResponse(responseCode = "200", description = "The hub's id", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", description = "A field breaks its rule")
  @ApiResponse(responseCode = "404", description = "There is no such resource")
  @ApiResponse(responseCode = "409", description = "The resource is being deleted")
  public LinkedHub linkNotificationHub(
      @PathParam("subscriptionId") String subscriptionId,
      @PathParam("resourceGroupName") String group,
      @PathParam("communicationServiceName") String name,
      @Valid @Nullable LinkHubRequest body,
      @Context ContainerRequestContext request) {
    ResourcePlace place = ArmPlaces.of(subscriptionId, group);
    if (body == null || body.resourceId() == null) {
      throw ArmErrors.required("resourceId");
    }
    if (body.connectionString() == null) {
      throw ArmErrors.required("connectionString");
    }
    manager.linkNotificationHub(place, name, body.resourceId(), CallingOperator.of(request));
    return new LinkedHub(body.resourceId());
  }

  private Settings patched(Settings before, JsonNode changes, ObjectMapper mapper)
      throws JsonProcessingException {
    JsonNode merged = MergePatch.apply(mapper.valueToTree(PutResourceRequest.of(before)), changes);
    PutResourceRequest after = mapper.treeToValue(merged, PutResourceRequest.class);
    Set<ConstraintViolation<PutResourceRequest>> faults = validator.validate(after);
    if (!faults.isEmpty()) {
      throw new ConstraintViolationException(faults);
    }
    return after.settings();
  }

  private static ObjectMapper mapperOf(Providers providers) {
    ContextResolver<ObjectMapper> resolver =
        providers.getContextResolver(ObjectMapper.class, MediaType.APPLICATION_JSON_TYPE);
    return resolver.getContext(PutResourceRequest.class);
  }

  private Response.ResponseBuilder shown(Response.Status status, CommunicationResource resource) {
    return Response.status(status)
        .header(HttpHeaders.ETAG, Precondition.tag(resource.version()))
        .entity(ArmResource.of(resource, hosts));
  }

  private KeysBody keys(String name, AccessKeys.Pair keys) {
    return new KeysBody(
        keys.primary().reveal(),
        keys.secondary().reveal(),
        ConnectionString.of(hosts.endpointOf(name), keys.primary()),
        ConnectionString.of(hosts.endpointOf(name), keys.secondary()));
  }
}
