package io.vaxel.control.events;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.OperatorCredential;
import io.vaxel.common.error.ApiException;
import io.vaxel.common.event.DeadLetter;
import io.vaxel.common.event.DeadLetters;
import io.vaxel.common.paging.NextLink;
import io.vaxel.control.events.EventBodies.DeadLetterBody;
import io.vaxel.control.events.EventBodies.DeadLetterPage;
import io.vaxel.control.events.EventBodies.Replayed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Events of a resource that could not be delivered: for operators. */
@Path("/admin/resources/{resource}/deadLetters")
@OperatorCredential
@Produces(MediaType.APPLICATION_JSON)
public final class DeadLetterResource {
  private static final String AFTER = "after";
  private static final String SIZE = "maxPageSize";
  private static final String ID =
      "{id: [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}";
  private static final Pattern POSITION = Pattern.compile("(\\d{1,15})_([0-9a-f-]{36})");
  private static final int PAGE = 100;

  private final DeadLetters deadLetters;
  private final ResourceNames resources;
  private final URI endpoint;

  /** For a server that clients reach at this endpoint. */
  DeadLetterResource(DeadLetters deadLetters, ResourceNames resources, URI endpoint) {
    this.deadLetters = deadLetters;
    this.resources = resources;
    this.endpoint = endpoint;
  }

  @GET
  @Operation(operationId = "listDeadLetters", summary = "List dead letters, the oldest first")
  @ApiResponse(
      responseCode = "200",
      description = "A page of them.",
      content = @Content(schema = @Schema(implementation = DeadLetterPage.class)))
  @ApiResponse(responseCode = "400", description = "A parameter is not possible; target names it.")
  @ApiResponse(responseCode = "404", description = "There is no such resource.")
  public DeadLetterPage list(
      @PathParam("resource") String resource,
      @QueryParam(AFTER) @Nullable String after,
      @QueryParam(SIZE) @Nullable String maxPageSize,
      @Context UriInfo request) {
    UUID resourceId = resources.idOf(resource);
    int size = size(maxPageSize);
    Instant time = Instant.EPOCH;
    String id = "";
    if (after != null) {
      Matcher position = POSITION.matcher(after);
      if (!position.matches()) {
        throw EventBodies.invalid(AFTER, "after must be that of a nextLink.");
      }
      time = Instant.ofEpochMilli(Long.parseLong(position.group(1)));
      id = position.group(2);
    }
    List<DeadLetter> page = deadLetters.list(resourceId, time, id, size);
    return new DeadLetterPage(
        page.stream().map(DeadLetterBody::of).toList(),
        page.size() < size ? null : next(page.getLast(), request));
  }

  private URI next(DeadLetter last, UriInfo request) {
    return NextLink.of(
        endpoint, request, Map.of(AFTER, last.deadAt().toEpochMilli() + "_" + last.id()));
  }

  private static int size(@Nullable String maxPageSize) {
    if (maxPageSize == null) {
      return PAGE;
    }
    if (!maxPageSize.matches("[1-9]\\d{0,2}") || Integer.parseInt(maxPageSize) > PAGE) {
      throw EventBodies.invalid(SIZE, "maxPageSize must be 1 to " + PAGE + ".");
    }
    return Integer.parseInt(maxPageSize);
  }

  @POST
  @Path("/" + ID + ":replay")
  @Operation(
      operationId = "replayDeadLetter",
      summary = "Deliver a dead letter again, with all its attempts")
  @ApiResponse(responseCode = "204", description = "It is on its way.")
  @ApiResponse(responseCode = "404", description = "There is no such resource or dead letter.")
  @ApiResponse(responseCode = "409", description = "Its subscription is gone.")
  public void replay(@PathParam("resource") String resource, @PathParam("id") UUID id) {
    switch (deadLetters.replay(resources.idOf(resource), id)) {
      case DONE -> {}
      case NOT_FOUND -> throw notFound();
      case NO_SUBSCRIPTION ->
          throw new ApiException(
              409, "SubscriptionNotFound", "The subscription of the dead letter is gone.", "id");
    }
  }

  @POST
  @Path("/:replay")
  @Operation(
      operationId = "replayAllDeadLetters",
      summary = "Deliver all dead letters again whose subscriptions are there")
  @ApiResponse(
      responseCode = "200",
      description = "How many are on their way.",
      content = @Content(schema = @Schema(implementation = Replayed.class)))
  @ApiResponse(responseCode = "404", description = "There is no such resource.")
  public Replayed replayAll(@PathParam("resource") String resource) {
    return new Replayed(deadLetters.replayAll(resources.idOf(resource)));
  }

  @DELETE
  @Path("/" + ID)
  @Operation(operationId = "deleteDeadLetter", summary = "Remove a dead letter")
  @ApiResponse(responseCode = "204", description = "Removed.")
  @ApiResponse(responseCode = "404", description = "There is no such resource or dead letter.")
  public void delete(@PathParam("resource") String resource, @PathParam("id") UUID id) {
    if (!deadLetters.delete(resources.idOf(resource), id)) {
      throw notFound();
    }
  }

  private static ApiException notFound() {
    return new ApiException(404, "NotFound", "The resource has no such dead letter.", "id");
  }
}
