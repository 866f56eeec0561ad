package io.vaxel.control.rooms;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.CallingResource;
import io.vaxel.common.credential.ResourceCredential;
import io.vaxel.common.error.ApiException;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.paging.NextLink;
import io.vaxel.common.repeat.RepeatableAnswers;
import io.vaxel.common.repeat.RepeatableOperation;
import io.vaxel.common.version.ApiService;
import io.vaxel.control.rooms.RoomBodies.CreateRoom;
import io.vaxel.control.rooms.RoomBodies.RoomModel;
import io.vaxel.control.rooms.RoomBodies.RoomPage;
import io.vaxel.control.rooms.RoomBodies.UpdateRoom;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rooms: the ACS rooms service, REST side. */
@Path("/rooms")
@ApiService(RoomsVersions.SERVICE)
@ResourceCredential
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class RoomsResource {
  static final String MERGE_PATCH = "application/merge-patch+json";
  static final String NOT_FOUND = "The resource has no such room.";
  private static final String AFTER = "after";
  private static final Pattern POSITION = Pattern.compile("(\\d{1,15})-(\\d{17})");

  private final Rooms rooms;
  private final RepeatableAnswers answers;
  private final int pageSize;

  RoomsResource(Rooms rooms, RepeatableAnswers answers, int pageSize) {
    this.rooms = rooms;
    this.answers = answers;
    this.pageSize = pageSize;
  }

  @POST
  @Limited("rooms-write")
  @RepeatableOperation
  @Operation(operationId = "createRoom", summary = "Makes a room")
  @ApiResponse(
      responseCode = "201",
      description = "The room was made, now or when the request was first sent.",
      content = @Content(schema = @Schema(implementation = RoomModel.class)))
  @ApiResponse(responseCode = "412", description = "The request was first sent too long ago.")
  public Response create(
      @Valid @Nullable CreateRoom body, @Context ContainerRequestContext request) {
    CreateRoom asked = body == null ? new CreateRoom(null, null, null, null) : body;
    UUID resource = CallingResource.idOf(request);
    String version = RoomRequests.version(request);
    Instant from = RoomRequests.instant("validFrom", asked.validFrom());
    Instant until = RoomRequests.instant("validUntil", asked.validUntil());
    boolean dialOut = Boolean.TRUE.equals(dialOut(asked.pstnDialOutEnabled(), version));
    RoomRequests.Participants invited = RoomRequests.participants(asked.participants(), version);
    if (!invited.removed().isEmpty()) {
      throw RoomRequests.invalidParticipants("A new room has nobody to remove.");
    }
    try {
      return answers.answer(
          request,
          sql ->
              new RepeatableAnswers.Answer(
                  201,
                  RoomModel.of(
                      rooms.create(sql, resource, from, until, dialOut, invited.invited()),
                      version)));
    } catch (RoomException e) {
      throw RoomRequests.refusal(e);
    }
  }

  @GET
  @Limited("rooms-read")
  @Operation(operationId = "listRooms", summary = "Lists the rooms in order of creation")
  @ApiResponse(responseCode = "200", description = "A page.", useReturnTypeSchema = true)
  public RoomPage list(
      @QueryParam(AFTER) @Nullable String after, @Context ContainerRequestContext request) {
    String version = RoomRequests.version(request);
    List<Room> found = rooms.list(CallingResource.idOf(request), position(after), pageSize + 1);
    List<Room> page = found.subList(0, Math.min(pageSize, found.size()));
    return new RoomPage(
        page.stream().map(room -> RoomModel.of(room, version)).toList(),
        found.size() > pageSize ? nextLink(request, page.getLast()) : null);
  }

  @GET
  @Limited("rooms-read")
  @Path("/{roomId}")
  @Operation(operationId = "getRoom", summary = "Gets a room")
  @ApiResponse(responseCode = "200", description = "The room.", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "404", description = NOT_FOUND)
  public RoomModel get(@PathParam("roomId") String id, @Context ContainerRequestContext request) {
    return rooms
        .find(CallingResource.idOf(request), RoomRequests.roomId(id))
        .map(room -> RoomModel.of(room, RoomRequests.version(request)))
        .orElseThrow(() -> RoomRequests.refusal(RoomException.notFound()));
  }

  @PATCH
  @Limited("rooms-write")
  @Path("/{roomId}")
  @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
  @Operation(operationId = "updateRoom", summary = "Changes the validity and dialling of a room")
  @ApiResponse(
      responseCode = "200",
      description = "The room as it is now.",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "404", description = NOT_FOUND)
  @ApiResponse(responseCode = "409", description = "Others keep changing the room; try again.")
  public RoomModel update(
      @PathParam("roomId") String id,
      @Valid @Nullable UpdateRoom body,
      @Context ContainerRequestContext request) {
    UpdateRoom asked = body == null ? new UpdateRoom(null, null, null) : body;
    String version = RoomRequests.version(request);
    try {
      return RoomModel.of(
          rooms.update(
              CallingResource.idOf(request),
              RoomRequests.roomId(id),
              RoomRequests.instant("validFrom", asked.validFrom()),
              RoomRequests.instant("validUntil", asked.validUntil()),
              dialOut(asked.pstnDialOutEnabled(), version)),
          version);
    } catch (RoomException e) {
      throw RoomRequests.refusal(e);
    }
  }

  @DELETE
  @Limited("rooms-write")
  @Path("/{roomId}")
  @Operation(operationId = "deleteRoom", summary = "Removes a room and ends its call")
  @ApiResponse(responseCode = "204", description = "The room is gone.")
  @ApiResponse(responseCode = "404", description = NOT_FOUND)
  public void delete(@PathParam("roomId") String id, @Context ContainerRequestContext request) {
    try {
      rooms.delete(CallingResource.idOf(request), RoomRequests.roomId(id));
    } catch (RoomException e) {
      throw RoomRequests.refusal(e);
    }
  }

  /** Versions without the field leave it as it is, like every field that they do not know. */
  private static @Nullable Boolean dialOut(@Nullable Boolean asked, String version) {
    return RoomsVersions.hasPstnDialOut(version) ? asked : null;
  }

  private static Rooms.@Nullable Position position(@Nullable String after) {
    if (after == null) {
      return null;
    }
    Matcher matcher = POSITION.matcher(after);
    if (!matcher.matches()) {
      throw new ApiException(400, "BadRequest", "The link to the next page was altered.", AFTER);
    }
    return new Rooms.Position(Long.parseLong(matcher.group(1)), matcher.group(2));
  }

  private static URI nextLink(ContainerRequestContext request, Room last) {
    return NextLink.of(request, Map.of(AFTER, last.createdAt().toEpochMilli() + "-" + last.id()));
  }
}
