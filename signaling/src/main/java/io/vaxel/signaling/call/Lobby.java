package io.vaxel.signaling.call;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.AnswerLobby;
import io.vaxel.signaling.proto.Departure;
import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.RosterDelta;
import io.vaxel.signaling.proto.ServerMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Newcomers who wait until somebody in the call admits them. They are shown to those only who may.
 * Used on the call's loop.
 */
final class Lobby {
  private final CallRoster roster;
  private final CallPermissions permissions;
  private final Consumer<CallParticipant> onAdmitted;
  private final BiConsumer<CallParticipant, EndReason> dismiss;
  private final Map<String, CallParticipant> waiting = new LinkedHashMap<>();
  private boolean on;

  /**
   * @param onAdmitted takes somebody into the call who waits no longer
   * @param dismiss ends the call for somebody who waits, and calls {@link #remove}
   */
  Lobby(
      CallRoster roster,
      CallPermissions permissions,
      Consumer<CallParticipant> onAdmitted,
      BiConsumer<CallParticipant, EndReason> dismiss) {
    this.roster = roster;
    this.permissions = permissions;
    this.onAdmitted = onAdmitted;
    this.dismiss = dismiss;
  }

  boolean isOn() {
    return on;
  }

  /** Whether somebody waits. */
  boolean isOccupied() {
    return !waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  /** Switches it; who waits is admitted when it is switched off. */
  void set(boolean isOn) {
    on = isOn;
    if (!isOn) {
      admit(List.copyOf(waiting.values()));
    }
  }

  /** Somebody waits from now on. */
  void add(CallParticipant participant) {
    participant.waiting(true);
    waiting.put(participant.id(), participant);
    tellManagers(RosterDelta.newBuilder().addJoined(participant.toProto()));
  }

  /** Those who wait, as far as somebody may see them. */
  List<Participant> visibleTo(CallParticipant participant) {
    return permissions.has(participant, Capability.MANAGE_LOBBY)
        ? waiting.values().stream().map(CallParticipant::toProto).toList()
        : List.of();
  }

  /** Carries out AnswerLobby; when it throws, nothing has changed. */
  void answer(CallParticipant from, long requestId, AnswerLobby request)
      throws RequestRefusedException {
    permissions.require(from, Capability.MANAGE_LOBBY);
    List<CallParticipant> meant = new ArrayList<>();
    for (String id : request.getParticipantIdsList()) {
      CallParticipant found = waiting.get(id);
      if (found == null) {
        throw new RequestRefusedException(SignalingError.UNKNOWN_PARTICIPANT);
      }
      meant.add(found);
    }
    if (request.getParticipantIdsCount() == 0) {
      meant.addAll(waiting.values());
    }
    from.send(ServerMessages.done(requestId));
    if (request.getAdmit()) {
      admit(meant);
    } else {
      meant.forEach(participant -> dismiss.accept(participant, EndReason.TURNED_AWAY));
    }
  }

  /** Nobody is left who could admit anybody. */
  void close(EndReason reason) {
    List.copyOf(waiting.values()).forEach(participant -> dismiss.accept(participant, reason));
  }

  /** Ends the wait of one who left, or is turned away. Returns whether it waited. */
  boolean remove(CallParticipant participant, EndReason reason, @Nullable ServerMessage farewell) {
    if (!waiting.remove(participant.id(), participant)) {
      return false;
    }
    participant.released(farewell);
    tellManagers(
        RosterDelta.newBuilder()
            .addLeft(participant.id())
            .addDepartures(
                Departure.newBuilder()
                    .setParticipantId(participant.id())
                    .setCode(reason.code())
                    .setSubCode(reason.subCode())));
    return true;
  }

  private void admit(List<CallParticipant> admitted) {
    for (CallParticipant participant : admitted) {
      waiting.remove(participant.id());
      participant.waiting(false);
      onAdmitted.accept(participant);
    }
  }

  private void tellManagers(RosterDelta.Builder delta) {
    ServerMessage message = CallRoster.message(delta);
    for (CallParticipant participant : roster.everybody()) {
      if (permissions.has(participant, Capability.MANAGE_LOBBY)) {
        participant.send(message);
      }
    }
  }
}
