package io.vaxel.control.rooms;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Has the JSON bodies of the rooms service in one place. */
final class RoomBodies {
  private RoomBodies() {}

  /**
   * Body of "create": may be empty.
   *
   * @param validFrom ISO 8601 with an offset; now when left out
   * @param validUntil 180 days later when left out
   * @param pstnDialOutEnabled false when left out
   * @param participants properties by raw id
   */
  record CreateRoom(
      @Schema(format = "date-time") @Nullable String validFrom,
      @Schema(format = "date-time") @Nullable String validUntil,
      @Nullable Boolean pstnDialOutEnabled,
      @Nullable Map<String, @Nullable ParticipantProperties> participants) {}

  /**
   * Body of "update", a merge patch: what is left out or null stays.
   *
   * @param validFrom ISO 8601 with an offset
   */
  record UpdateRoom(
      @Schema(format = "date-time") @Nullable String validFrom,
      @Schema(format = "date-time") @Nullable String validUntil,
      @Nullable Boolean pstnDialOutEnabled) {}

  /**
   * Body of "update participants", a merge patch.
   *
   * @param participants properties by raw id; null takes the user off
   */
  record UpdateParticipants(@Nullable Map<String, @Nullable ParticipantProperties> participants) {}

  /** Answer to "update participants": an empty object, which Jackson writes for annotated types. */
  @JsonAutoDetect
  record ParticipantsUpdated() {}

  /**
   * A room.
   *
   * @param createdAt ISO 8601 with {@code Z}
   * @param pstnDialOutEnabled null, and so left out, for versions that lack it
   */
  record RoomModel(
      String id,
      @Schema(format = "date-time") String createdAt,
      @Schema(format = "date-time") String validFrom,
      @Schema(format = "date-time") String validUntil,
      @Nullable Boolean pstnDialOutEnabled) {
    static RoomModel of(Room room, String version) {
      return new RoomModel(
          room.id(),
          room.createdAt().toString(),
          room.validity().from().toString(),
          room.validity().until().toString(),
          RoomsVersions.hasPstnDialOut(version) ? room.pstnDialOut() : null);
    }
  }

  /** A page of rooms. */
  record RoomPage(List<RoomModel> value, @Nullable URI nextLink) {}

  /** One who is invited. */
  record RoomParticipant(
      String rawId,
      @Schema(allowableValues = {"Presenter", "Collaborator", "Attendee", "Consumer"})
          String role) {}

  /** A page of participants. */
  record ParticipantPage(List<RoomParticipant> value, @Nullable URI nextLink) {}
}
