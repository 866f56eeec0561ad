package io.vaxel.control.rooms;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.CallingResource;
import io.vaxel.common.credential.ResourceCredential;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.paging.NextLink;
import io.vaxel.common.version.ApiService;
import io.vaxel.control.rooms.RoomBodies.ParticipantPage;
import io.vaxel.control.rooms.RoomBodies.ParticipantsUpdated;
import io.vaxel.control.rooms.RoomBodies.RoomParticipant;
import io.vaxel.control.rooms.RoomBodies.UpdateParticipants;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Participants of rooms: the ACS rooms service, REST side. */
@Path("/rooms/{roomId}/participants")
@ApiService(RoomsVersions.SERVICE)
@ResourceCredential
@Produces(MediaType.APPLICATION_JSON)
public final class RoomParticipantsResource {
  private static final String AFTER = "after";

  private final RoomParticipants participants;
  private final int pageSize;

  RoomParticipantsResource(RoomParticipants participants, int pageSize) {
    this.participants = participants;
    this.pageSize = pageSize;
  }

  @GET
  @Limited("rooms-read")
  @Operation(operationId = "listParticipants", summary = "Lists who is invited to a room")
  @ApiResponse(responseCode = "200", description = "A page.", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "404", description = RoomsResource.NOT_FOUND)
  public ParticipantPage list(
      @PathParam("roomId") String roomId,
      @QueryParam(AFTER) @DefaultValue("") String after,
      @Context ContainerRequestContext request) {
    List<RoomParticipants.Invited> found;
    try {
      found =
          participants.list(
              CallingResource.idOf(request), RoomRequests.roomId(roomId), after, pageSize + 1);
    } catch (RoomException e) {
      throw RoomRequests.refusal(e);
    }
    List<RoomParticipants.Invited> page = found.subList(0, Math.min(pageSize, found.size()));
    return new ParticipantPage(
        page.stream()
            .map(invited -> new RoomParticipant(invited.rawId(), invited.role().apiName()))
            .toList(),
        found.size() > pageSize
            ? NextLink.of(request, Map.of(AFTER, page.getLast().rawId()))
            : null);
  }

  @PATCH
  @Limited("rooms-write")
  @Consumes({RoomsResource.MERGE_PATCH, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "updateParticipants",
      summary = "Invites users, changes their roles, and takes off those whose value is null")
  @ApiResponse(responseCode = "200", description = "It is done.", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "404", description = RoomsResource.NOT_FOUND)
  public ParticipantsUpdated update(
      @PathParam("roomId") String roomId,
      @Valid @Nullable UpdateParticipants body,
      @Context ContainerRequestContext request) {
    RoomRequests.Participants asked =
        RoomRequests.participants(
            body == null ? null : body.participants(), RoomRequests.version(request));
    try {
      participants.change(
          CallingResource.idOf(request),
          RoomRequests.roomId(roomId),
          asked.invited(),
          asked.removed());
    } catch (RoomException e) {
      throw RoomRequests.refusal(e);
    }
    return new ParticipantsUpdated();
  }
}
