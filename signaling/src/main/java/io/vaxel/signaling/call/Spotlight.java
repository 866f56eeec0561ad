package io.vaxel.signaling.call;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.SetSpotlight;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who stands in the spotlight, in the order in which they came into it. Used on the call's loop.
 */
final class Spotlight {
  /** What the SDK shows as maxParticipantsToSpotlight. */
  private static final int MOST = 7;

  private final CallRoster roster;
  private final CallPermissions permissions;
  private final Runnable onChanged;
  private final Set<String> ids = new LinkedHashSet<>();

  /**
   * @param onChanged tells everybody
   */
  Spotlight(CallRoster roster, CallPermissions permissions, Runnable onChanged) {
    this.roster = roster;
    this.permissions = permissions;
    this.onChanged = onChanged;
  }

  Set<String> participantIds() {
    return ids;
  }

  /** Carries out SetSpotlight; when it throws, nothing has changed. */
  void set(CallParticipant from, long requestId, SetSpotlight request)
      throws RequestRefusedException {
    List<String> asked = request.getParticipantIdsList();
    Set<String> after = new LinkedHashSet<>(ids);
    if (request.getOn()) {
      permissions.require(from, Capability.SPOTLIGHT_PARTICIPANT);
      if (asked.isEmpty()) {
        after.add(from.id());
      }
      for (String id : asked) {
        after.add(roster.required(id).id());
      }
      if (after.size() > MOST) {
        throw new RequestRefusedException(SignalingError.TOO_MANY_SPOTLIGHTS);
      }
    } else {
      boolean others = asked.isEmpty() || !asked.stream().allMatch(from.id()::equals);
      if (others) {
        permissions.require(from, Capability.REMOVE_PARTICIPANTS_SPOTLIGHT);
      }
      if (asked.isEmpty()) {
        after.clear();
      }
      asked.forEach(after::remove);
    }
    from.send(ServerMessages.done(requestId));
    if (!after.equals(ids)) {
      ids.clear();
      ids.addAll(after);
      onChanged.run();
    }
  }

  /** A participant is gone. */
  void forget(CallParticipant participant) {
    if (ids.remove(participant.id())) {
      onChanged.run();
    }
  }
}
