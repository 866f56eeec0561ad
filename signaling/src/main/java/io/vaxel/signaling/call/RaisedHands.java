package io.vaxel.signaling.call;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.proto.SetHand;
import java.util.List;

/** Raised hands, in the order in which they went up. Used on the call's loop. */
final class RaisedHands {
  private final CallRoster roster;
  private final CallPermissions permissions;
  private int last;

  RaisedHands(CallRoster roster, CallPermissions permissions) {
    this.roster = roster;
    this.permissions = permissions;
  }

  /** Carries out SetHand; when it throws, nothing has changed. */
  void set(CallParticipant from, long requestId, SetHand request) throws RequestRefusedException {
    if (request.getParticipantIdsCount() > 0 || request.getEverybody()) {
      permissions.require(from, Capability.MUTE_OTHERS);
      List<CallParticipant> meant =
          request.getEverybody()
              ? roster.everybody()
              : roster.chosen(from, request.getParticipantIdsList());
      from.send(ServerMessages.done(requestId));
      meant.forEach(this::lower);
      return;
    }
    permissions.require(from, Capability.RAISE_HAND);
    from.send(ServerMessages.done(requestId));
    if (!request.getRaised()) {
      lower(from);
    } else if (from.raisedHand() == 0) {
      change(from, ++last);
    }
  }

  private void lower(CallParticipant participant) {
    if (participant.raisedHand() != 0) {
      change(participant, 0);
    }
  }

  private void change(CallParticipant participant, int order) {
    participant.raisedHand(order);
    permissions.tellSelf(participant);
    roster.changed(participant);
  }
}
