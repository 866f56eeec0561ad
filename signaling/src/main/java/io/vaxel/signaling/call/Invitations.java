package io.vaxel.signaling.call;

import io.netty.util.concurrent.EventExecutor;
import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.IncomingCall;
import io.vaxel.signaling.proto.Participant;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is being called into a call: rings, waits, gives up. Used on the call's loop; devices are
 * told on it too.
 */
final class Invitations {
  /** What the call does about it. */
  interface Listener {
    /** A device rings. */
    void ringing(Invitation invitation);

    /** Nobody will come; the invitation is gone and its devices have been told. */
    void failed(Invitation invitation, EndReason reason);
  }

  private final EventExecutor loop;
  private final Devices devices;
  private final TelephoneNetwork telephones;
  private final Listener listener;
  private final Map<String, Invitation> byParticipant = new LinkedHashMap<>();

  Invitations(EventExecutor loop, Devices devices, TelephoneNetwork telephones, Listener listener) {
    this.loop = loop;
    this.devices = devices;
    this.telephones = telephones;
    this.listener = listener;
  }

  boolean isEmpty() {
    return byParticipant.isEmpty();
  }

  int size() {
    return byParticipant.size();
  }

  /**
   * Takes note of a target; {@link #ring} makes its devices ring.
   *
   * @param call what the devices are told
   * @param timeout for how long they ring
   */
  Invitation invite(
      String participantId,
      Target target,
      CallUser caller,
      String callerId,
      IncomingCall call,
      Duration timeout) {
    List<Device> reached;
    if (target.isTelephone()) {
      Device leg = telephones.leg(caller.resourceId(), target.number(), callerId);
      reached = leg == null ? List.of() : List.of(leg);
    } else {
      reached = devices.of(target.rawId());
    }
    Invitation invitation = new Invitation(participantId, target, reached, call, timeout);
    byParticipant.put(participantId, invitation);
    return invitation;
  }

  /** Rings; fails at once when there is nothing to ring. */
  void ring(Invitation invitation) {
    if (invitation.isReachable()) {
      invitation.ring(loop, () -> fail(invitation, EndReason.NO_ANSWER));
    } else {
      fail(
          invitation,
          invitation.target().isTelephone() ? EndReason.PSTN_UNAVAILABLE : EndReason.NOT_REACHABLE);
    }
  }

  /** The invitation of a user, or null. */
  @Nullable Invitation of(String userId) {
    for (Invitation invitation : byParticipant.values()) {
      if (invitation.target().rawId().equals(userId)) {
        return invitation;
      }
    }
    return null;
  }

  @Nullable Invitation byParticipant(String participantId) {
    return byParticipant.get(participantId);
  }

  /** A device of this user shows the call. */
  void shown(String userId) throws RequestRefusedException {
    Invitation invitation = required(userId);
    if (invitation.rings()) {
      listener.ringing(invitation);
    }
  }

  /** The user declined. */
  void declined(String userId) throws RequestRefusedException {
    Invitation invitation = required(userId);
    if (byParticipant.remove(invitation.participantId(), invitation)) {
      invitation.end(EndReason.DECLINED_ELSEWHERE);
      listener.failed(invitation, EndReason.DECLINED);
    }
  }

  /** A device of this user is busy. */
  void busy(String userId, Device device) throws RequestRefusedException {
    Invitation invitation = required(userId);
    if (invitation.busy(device)) {
      fail(invitation, invitation.target().isTelephone() ? EndReason.PSTN_BUSY : EndReason.BUSY);
    }
  }

  /** A device of this user accepted: the others stop ringing. */
  Invitation accepted(String userId) throws RequestRefusedException {
    Invitation invitation = required(userId);
    byParticipant.remove(invitation.participantId());
    invitation.end(EndReason.ANSWERED_ELSEWHERE);
    return invitation;
  }

  /** Stops calling somebody, who is gone from the roster without further notice. */
  void cancel(Invitation invitation, EndReason reason) {
    if (byParticipant.remove(invitation.participantId(), invitation)) {
      invitation.end(reason);
    }
  }

  /** Stops calling anybody. */
  void cancelAll(EndReason reason) {
    List.copyOf(byParticipant.values()).forEach(invitation -> cancel(invitation, reason));
  }

  List<Participant> toProto() {
    return byParticipant.values().stream().map(Invitation::toProto).toList();
  }

  private void fail(Invitation invitation, EndReason reason) {
    if (byParticipant.remove(invitation.participantId(), invitation)) {
      invitation.end(reason);
      listener.failed(invitation, reason);
    }
  }

  private Invitation required(String userId) throws RequestRefusedException {
    Invitation invitation = of(userId);
    if (invitation == null) {
      throw new RequestRefusedException(SignalingError.UNKNOWN_CALL);
    }
    return invitation;
  }
}
