package io.vaxel.signaling.call;

import io.vaxel.signaling.proto.ParticipantRole;
import io.vaxel.signaling.room.RoomRole;
import org.jspecify.annotations.Nullable;

/** Roles as the protocol says them. */
final class RoomRoles {
  private RoomRoles() {}

  /** Null is a call without roles. */
  static ParticipantRole toProto(@Nullable RoomRole role) {
    return switch (role) {
      case null -> ParticipantRole.PARTICIPANT_ROLE_UNSPECIFIED;
      case PRESENTER -> ParticipantRole.PARTICIPANT_ROLE_PRESENTER;
      case COLLABORATOR -> ParticipantRole.PARTICIPANT_ROLE_COLLABORATOR;
      case ATTENDEE -> ParticipantRole.PARTICIPANT_ROLE_ATTENDEE;
      case CONSUMER -> ParticipantRole.PARTICIPANT_ROLE_CONSUMER;
    };
  }
}
