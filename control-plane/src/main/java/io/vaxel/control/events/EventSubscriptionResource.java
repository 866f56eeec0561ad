package io.vaxel.control.events;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.OperatorCredential;
import io.vaxel.common.error.ApiException;
import io.vaxel.common.event.EventSubscription;
import io.vaxel.common.event.EventSubscriptions;
import io.vaxel.common.event.InvalidSubscriptionException;
import io.vaxel.common.event.SubscriptionSpec;
import io.vaxel.control.events.EventBodies.PutSubscription;
import io.vaxel.control.events.EventBodies.SubscriptionBody;
import io.vaxel.control.events.EventBodies.SubscriptionList;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who wants which events of a resource: for operators. */
@Path("/admin/resources/{resource}/eventSubscriptions")
@OperatorCredential
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class EventSubscriptionResource {
  private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");
  private static final long ANY = -1;
  private static final long NONE = 0;

  private final EventSubscriptions subscriptions;
  private final ResourceNames resources;

  EventSubscriptionResource(EventSubscriptions subscriptions, ResourceNames resources) {
    this.subscriptions = subscriptions;
    this.resources = resources;
  }

  @GET
  @Operation(
      operationId = "listEventSubscriptions",
      summary = "List the event subscriptions of a resource")
  @ApiResponse(
      responseCode = "200",
      description = "All of them, by name.",
      content = @Content(schema = @Schema(implementation = SubscriptionList.class)))
  @ApiResponse(responseCode = "404", description = "There is no such resource.")
  public SubscriptionList list(@PathParam("resource") String resource) {
    return new SubscriptionList(
        subscriptions.list(resources.idOf(resource)).stream().map(SubscriptionBody::of).toList());
  }

  @GET
  @Path("/{name}")
  @Operation(operationId = "getEventSubscription", summary = "Read an event subscription")
  @ApiResponse(
      responseCode = "200",
      description = "The subscription; its ETag is its version.",
      content = @Content(schema = @Schema(implementation = SubscriptionBody.class)))
  @ApiResponse(responseCode = "404", description = "There is no such resource or subscription.")
  public Response get(@PathParam("resource") String resource, @PathParam("name") String name) {
    EventSubscription found =
        subscriptions
            .find(resources.idOf(resource), name)
            .orElseThrow(EventSubscriptionResource::notFound);
    return answer(200, found);
  }

  @PUT
  @Path("/{name}")
  @Operation(
      operationId = "putEventSubscription",
      summary = "Make or replace an event subscription, and ask its endpoint to agree")
  @ApiResponse(
      responseCode = "200",
      description = "Replaced.",
      content = @Content(schema = @Schema(implementation = SubscriptionBody.class)))
  @ApiResponse(
      responseCode = "201",
      description = "Made; it gets events once its state is active.",
      content = @Content(schema = @Schema(implementation = SubscriptionBody.class)))
  @ApiResponse(responseCode = "400", description = "A field is not possible; target names it.")
  @ApiResponse(responseCode = "404", description = "There is no such resource.")
  @ApiResponse(responseCode = "409", description = "The resource has as many as it may.")
  @ApiResponse(responseCode = "412", description = "It has another version by now.")
  public Response put(
      @PathParam("resource") String resource,
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
      @Valid @Nullable PutSubscription body) {
    UUID resourceId = resources.idOf(resource);
    if (body == null) {
      throw EventBodies.invalid("body", "The body must be given.");
    }
    SubscriptionSpec spec = body.toSpec(subscriptions.find(resourceId, name).orElse(null));
    long seen = "*".equals(ifNoneMatch) ? NONE : seen(ifMatch);
    EventSubscriptions.Change change;
    try {
      change = subscriptions.put(resourceId, name, spec, seen);
    } catch (InvalidSubscriptionException e) {
      throw EventBodies.invalid(e.field(), e.getMessage() + ".");
    }
    return switch (change) {
      case EventSubscriptions.Done done -> answer(done.created() ? 201 : 200, done.subscription());
      case EventSubscriptions.Stale stale -> throw stale();
      case EventSubscriptions.Full full ->
          throw new ApiException(
              409,
              "QuotaExceeded",
              "The resource has " + full.most() + " event subscriptions, the most there may be.");
    };
  }

  @DELETE
  @Path("/{name}")
  @Operation(
      operationId = "deleteEventSubscription",
      summary = "Remove an event subscription and what waits for it")
  @ApiResponse(responseCode = "204", description = "It is not there any more.")
  @ApiResponse(responseCode = "404", description = "There is no such resource.")
  @ApiResponse(responseCode = "412", description = "It has another version by now.")
  public void delete(
      @PathParam("resource") String resource,
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    if (!subscriptions.delete(resources.idOf(resource), name, seen(ifMatch))) {
      throw stale();
    }
  }

  private static long seen(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.equals("*")) {
      return ANY;
    }
    Matcher etag = ETAG.matcher(ifMatch);
    if (!etag.matches()) {
      throw EventBodies.invalid("If-Match", "If-Match must be the ETag of the subscription.");
    }
    return Long.parseLong(etag.group(1));
  }

  private static Response answer(int status, EventSubscription subscription) {
    return Response.status(status)
        .header(HttpHeaders.ETAG, "\"" + subscription.version() + "\"")
        .entity(SubscriptionBody.of(subscription))
        .build();
  }

  private static ApiException notFound() {
    return new ApiException(
        404, "NotFound", "The resource has no such event subscription.", "name");
  }

  private static ApiException stale() {
    return new ApiException(
        412, "PreconditionFailed", "The event subscription has another version by now.");
  }
}
