package io.vaxel.signaling.call;

import io.netty.util.concurrent.Future;
import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.proto.RoleChanged;
import io.vaxel.signaling.proto.RosterDelta;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.room.RoomAdmission;
import io.vaxel.signaling.room.RoomRole;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps a call to what its room says: who is invited, and as what. Used on the call's loop. */
final class RoomRules {
  private final Call call;
  private final CallRoster roster;
  private final CallPermissions permissions;
  private final CallTracks tracks;
  private @Nullable Future<?> reminder;

  RoomRules(Call call, CallRoster roster, CallPermissions permissions, CallTracks tracks) {
    this.call = call;
    this.roster = roster;
    this.permissions = permissions;
    this.tracks = tracks;
  }

  /** Takes out whom the room does not invite any more, and gives the others their roles of now. */
  void enforce(RoomAdmission room) {
    for (CallParticipant participant : roster.everybody()) {
      RoomRole role = room.roleOf(participant.userId());
      if (role == null) {
        call.dismiss(participant, EndReason.REMOVED_FROM_ROOM);
      } else if (role != participant.role()) {
        changeRole(participant, role);
      }
    }
  }

  /** Runs a task after a delay unless the call ends before; takes the place of the one before. */
  void later(Duration delay, Runnable task) {
    close();
    reminder = call.loop().schedule(task, Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS);
  }

  /** The call is over. */
  void close() {
    if (reminder != null) {
      reminder.cancel(false);
    }
  }

  /** Tracks that the new role may not send are muted first: nothing of them passes any more. */
  private void changeRole(CallParticipant participant, RoomRole role) {
    participant.role(role);
    RosterDelta.Builder delta = tracks.enforceRole(participant);
    participant.send(
        ServerMessage.newBuilder()
            .setRoleChanged(RoleChanged.newBuilder().setRole(RoomRoles.toProto(role)))
            .build());
    permissions.tellSelf(participant);
    roster.announce(participant, delta);
    roster.changed(participant);
    tracks.offerEverybody();
  }
}
