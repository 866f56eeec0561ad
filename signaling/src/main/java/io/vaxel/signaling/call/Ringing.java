package io.vaxel.signaling.call;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.AddParticipant;
import io.vaxel.signaling.proto.CustomContext;
import io.vaxel.signaling.proto.IncomingCall;
import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.ParticipantAdded;
import io.vaxel.signaling.proto.PlaceCall;
import io.vaxel.signaling.proto.RejectCall;
import io.vaxel.signaling.proto.RosterDelta;
import io.vaxel.signaling.proto.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calling people into a call: by placing it, or by adding them later. Knows for how long it may
 * ring, and what it means for the call when nobody comes. Used on the call's loop.
 */
final class Ringing implements Invitations.Listener {
  private final Call call;
  private final CallRoster roster;
  private final CallPermissions permissions;
  private final CallEnvironment environment;
  private final Invitations invitations;
  private @Nullable Transfer carried;
  private boolean established;
  private int targets;
  private int declines;

  Ringing(Call call, CallRoster roster, CallPermissions permissions, CallEnvironment environment) {
    this.call = call;
    this.roster = roster;
    this.permissions = permissions;
    this.environment = environment;
    this.invitations =
        new Invitations(call.loop(), environment.devices(), environment.telephones(), this);
  }

  /** Whether the call stands: somebody accepted, or nobody had to. */
  boolean isEstablished() {
    return established;
  }

  int size() {
    return invitations.size();
  }

  List<Participant> toProto() {
    return invitations.toProto();
  }

  /** The call stands from now on. */
  void established() {
    if (!established) {
      established = true;
      if (carried != null) {
        carried.succeeded();
      }
    }
  }

  /**
   * Takes note of whom a new call is placed to; {@link #ring} rings. When it throws, nothing has
   * changed.
   */
  List<Invitation> invite(
      PlaceCall request, List<Target> to, CallUser caller, @Nullable Transfer carrying)
      throws RequestRefusedException {
    if (!call.hasRoomFor(1 + to.size())) {
      throw new RequestRefusedException(SignalingError.CALL_FULL);
    }
    if (carrying != null && !carrying.carriedBy(call)) {
      throw new RequestRefusedException(SignalingError.UNKNOWN_TRANSFER);
    }
    carried = carrying;
    targets = to.size();
    CustomContext context =
        carrying == null ? request.getCustomContext() : carrying.request().getCustomContext();
    List<Invitation> all = new ArrayList<>();
    for (Target target : to) {
      Duration timeout =
          target.isTelephone()
              ? environment.timeouts().pstnCallSetup()
              : permissions.isOneToOne()
                  ? environment.timeouts().callSetup()
                  : environment.timeouts().groupCallSetup();
      all.add(invite(target, caller, request.getAlternateCallerId(), context, timeout));
    }
    return all;
  }

  /** Rings for those who were invited. */
  void ring(List<Invitation> all) {
    all.forEach(invitations::ring);
  }

  /** Carries out AddParticipant; when it throws, nothing has changed. */
  void add(CallParticipant from, long requestId, AddParticipant request)
      throws RequestRefusedException {
    Target target = Target.of(request.getTarget(), from.user());
    permissions.require(
        from,
        target.isTelephone() ? Capability.ADD_PHONE_NUMBER : Capability.ADD_COMMUNICATION_USER);
    Target.checkCallerId(request.getAlternateCallerId());
    CustomContexts.check(request.getCustomContext());
    if (invitations.of(target.rawId()) != null || roster.ofUser(target.rawId()) != null) {
      throw new RequestRefusedException(SignalingError.ALREADY_THERE);
    }
    if (!call.hasRoomFor(1)) {
      throw new RequestRefusedException(SignalingError.CALL_FULL);
    }
    targets++;
    Duration timeout =
        target.isTelephone()
            ? environment.timeouts().pstnCallSetup()
            : permissions.isOneToOne()
                ? environment.timeouts().promotion()
                : environment.timeouts().groupCallSetup();
    Invitation invitation =
        invite(
            target,
            from.user(),
            request.getAlternateCallerId(),
            request.getCustomContext(),
            timeout);
    from.send(
        ServerMessage.newBuilder()
            .setInReplyTo(requestId)
            .setParticipantAdded(
                ParticipantAdded.newBuilder().setParticipantId(invitation.participantId()))
            .build());
    roster.announce(RosterDelta.newBuilder().addJoined(invitation.toProto()));
    invitations.ring(invitation);
  }

  private Invitation invite(
      Target target, CallUser caller, String callerId, CustomContext context, Duration timeout) {
    IncomingCall.Builder incoming =
        IncomingCall.newBuilder()
            .setCallId(call.id())
            .setCaller(caller.toCallerInfo())
            .setCustomContext(context)
            .setKind(permissions.kind());
    if (carried != null) {
      incoming.setTransferor(carried.transferor().toCallerInfo());
    }
    return invitations.invite(
        environment.ids().get(), target, caller, callerId, incoming.build(), timeout);
  }

  /**
   * Stops calling somebody; when it throws, nothing has changed.
   *
   * @return false when nobody with this participant id is being called
   */
  boolean cancel(CallParticipant from, long requestId, String participantId)
      throws RequestRefusedException {
    Invitation invitation = invitations.byParticipant(participantId);
    if (invitation == null) {
      return false;
    }
    permissions.require(from, Capability.ADD_COMMUNICATION_USER);
    from.send(ServerMessages.done(requestId));
    invitations.cancel(invitation, EndReason.CANCELLED);
    failed(invitation, EndReason.CANCELLED);
    return true;
  }

  void shown(CallUser user) throws RequestRefusedException {
    invitations.shown(user.userId());
  }

  void reject(CallUser user, Device device, RejectCall.Reason reason)
      throws RequestRefusedException {
    if (reason == RejectCall.Reason.BUSY) {
      invitations.busy(user.userId(), device);
    } else {
      invitations.declined(user.userId());
    }
  }

  /** Somebody who is called accepts; the other devices stop ringing. */
  Invitation accepted(CallUser user) throws RequestRefusedException {
    if (invitations.of(user.userId()) == null && roster.ofUser(user.userId()) != null) {
      throw new RequestRefusedException(SignalingError.ANSWERED_ELSEWHERE);
    }
    return invitations.accepted(user.userId());
  }

  @Override
  public void ringing(Invitation invitation) {
    roster.announce(RosterDelta.newBuilder().addJoined(invitation.toProto()));
  }

  @Override
  public void failed(Invitation invitation, EndReason reason) {
    roster.announce(Call.departed(invitation.participantId(), reason));
    if (reason == EndReason.DECLINED) {
      declines++;
    }
    if (!established && invitations.isEmpty()) {
      boolean allDeclined = targets > 1 && declines == targets;
      call.end(allDeclined ? EndReason.ALL_DECLINED : reason);
    }
  }

  /** The call is over: nobody rings any longer. */
  void close(EndReason reason) {
    invitations.cancelAll(reason);
    if (!established && carried != null) {
      Transfer failing = carried;
      carried = null;
      failing.failed(reason);
    }
  }
}
