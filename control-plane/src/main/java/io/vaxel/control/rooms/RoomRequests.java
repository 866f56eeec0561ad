package io.vaxel.control.rooms;

import io.vaxel.common.error.ApiException;
import io.vaxel.signaling.room.RoomRole;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what requests of the rooms service have in common; bad input becomes a 400. */
final class RoomRequests {
  /** Dates beyond are no dates of rooms, and epoch milliseconds have no room for all of them. */
  private static final int LAST_YEAR = 9999;

  private RoomRequests() {}

  /** The version of the request, which was checked before. */
  static String version(ContainerRequestContext request) {
    return String.valueOf(request.getUriInfo().getQueryParameters().getFirst("api-version"));
  }

  /** The id of a path when a room could have it. */
  static String roomId(String id) {
    if (!RoomId.isWellFormed(id)) {
      throw new ApiException(400, "BadRequest", "Invalid room ID.", "roomId");
    }
    return id;
  }

  /** A moment with an offset, or null when none was given. */
  static @Nullable Instant instant(String field, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      OffsetDateTime moment = OffsetDateTime.parse(text);
      if (moment.getYear() >= 0 && moment.getYear() <= LAST_YEAR) {
        return moment.toInstant();
      }
    } catch (DateTimeException e) {
      throw invalidMoment(field);
    }
    throw invalidMoment(field);
  }

  /**
   * Participants of a request.
   *
   * @param invited roles by raw id
   * @param removed raw ids whose value was null
   */
  record Participants(Map<String, RoomRole> invited, List<String> removed) {}

  /** Takes the participants of a body apart. */
  static Participants participants(
      @Nullable Map<String, @Nullable ParticipantProperties> given, String version) {
    Map<String, RoomRole> invited = new LinkedHashMap<>();
    List<String> removed = new ArrayList<>();
    if (given != null) {
      if (given.size() > RoomParticipants.MOST) {
        throw invalidParticipants(
            "A request names at most " + RoomParticipants.MOST + " participants.");
      }
      given.forEach(
          (rawId, properties) -> {
            if (properties == null) {
              removed.add(rawId);
            } else {
              invited.put(rawId, role(properties.role(), version));
            }
          });
    }
    return new Participants(invited, removed);
  }

  /** What the API answers to something that a room cannot be or do. */
  static ApiException refusal(RoomException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.kind()) {
      case NOT_FOUND -> new ApiException(404, "NotFound", message);
      case INVALID -> new ApiException(400, "BadRequest", message, e.field());
      case CONFLICT -> new ApiException(409, "Conflict", message).withHeader("Retry-After", "1");
    };
  }

  static ApiException invalidParticipants(String message) {
    return new ApiException(400, "BadRequest", message, RoomParticipants.FIELD);
  }

  private static RoomRole role(@Nullable String name, String version) {
    if (name == null) {
      return RoomRole.ATTENDEE;
    }
    return RoomRole.of(name)
        .filter(role -> role != RoomRole.COLLABORATOR || RoomsVersions.hasCollaborator(version))
        .orElseThrow(
            () ->
                invalidParticipants(
                    "A role is Presenter, Attendee, Consumer or, since 2025-02-28,"
                        + " Collaborator."));
  }

  private static ApiException invalidMoment(String field) {
    return new ApiException(
        400,
        "BadRequest",
        field + " must be a date with an offset such as 2026-11-23T12:00:00Z.",
        field);
  }
}
