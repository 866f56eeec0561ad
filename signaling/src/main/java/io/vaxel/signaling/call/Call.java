package io.vaxel.signaling.call;

import io.netty.util.concurrent.EventExecutor;
import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.AnswerCall;
import io.vaxel.signaling.proto.AutoSubscribe;
import io.vaxel.signaling.proto.CallKind;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Departure;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.Joined;
import io.vaxel.signaling.proto.Left;
import io.vaxel.signaling.proto.PlaceCall;
import io.vaxel.signaling.proto.RejectCall;
import io.vaxel.signaling.proto.RosterDelta;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.room.RoomAdmission;
import io.vaxel.signaling.room.RoomRole;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call: who is in it, who comes, who goes, when it is over. A plain state machine: every method
 * but {@link #loop()} and {@link #id()} runs on the call's loop, and nothing here blocks.
 *
 * <p>Whoever asks is answered first; then the others are told; then offers go out.
 */
final class Call {
  private final String id;
  private final String groupId;
  private final CallEnvironment environment;
  private final CallMedia media;
  private final CallRoster roster = new CallRoster();
  private final CallPermissions permissions;
  private final CallTracks tracks;
  private final CallSpeakers speakers;
  private final Absences absences;
  private final Lobby lobby;
  private final SharedState shared;
  private final CallIndicators indicators;
  private final Spotlight spotlight;
  private final CallMessages messages;
  private final CallTransfer transfer;
  private final Ringing ringing;
  private final CallRequests requests;
  private final ParticipantMedia participants;
  private final RoomRules roomRules;
  private boolean begun;
  private boolean ending;

  /**
   * Opens the call's media. Any thread.
   *
   * @param groupId what it is joined by; empty in other calls
   */
  Call(CallEnvironment environment, Transfers transfers, CallKind kind, String groupId) {
    this.id = environment.ids().get();
    this.groupId = groupId;
    this.environment = environment;
    this.media = environment.media().open(this::heard);
    this.permissions = new CallPermissions(kind);
    this.tracks = new CallTracks(roster, environment.limits().tracksPerParticipant());
    this.speakers = new CallSpeakers(roster, media.loop(), environment.limits().speakerInterval());
    this.absences =
        new Absences(
            media.loop(),
            environment.timeouts().reconnect(),
            this::absenceChanged,
            absent -> dismiss(absent, EndReason.CONNECTION_LOST));
    this.lobby = new Lobby(roster, permissions, this::admitted, this::dismiss);
    this.shared = new SharedState(roster, permissions, lobby);
    this.indicators = shared.indicators();
    this.spotlight = shared.spotlight();
    this.messages = new CallMessages(roster, media.loop().ticker(), environment.clock());
    this.transfer =
        new CallTransfer(
            transfers,
            media.loop(),
            environment.timeouts().transfer(),
            () -> end(EndReason.TRANSFERRED));
    this.ringing = new Ringing(this, roster, permissions, environment);
    this.requests =
        new CallRequests(
            this,
            roster,
            permissions,
            tracks,
            lobby,
            shared,
            messages,
            transfer,
            ringing,
            environment.ids());
    this.participants = new ParticipantMedia(media, environment, roster, tracks, absences);
    this.roomRules = new RoomRules(this, roster, permissions, tracks);
  }

  private void heard(List<String> trackIds) {
    speakers.heard(trackIds);
  }

  /** Names the call. Any thread. */
  String id() {
    return id;
  }

  /** The loop on which everything of the call happens. Any thread. */
  EventExecutor loop() {
    return media.loop();
  }

  /**
   * Takes a participant in, or into the lobby, and answers Joined; when it throws, nothing has
   * changed.
   *
   * @param role what it may do in a room's call; null in other calls
   */
  CallParticipant join(
      long requestId,
      Join request,
      CallUser user,
      @Nullable RoomRole role,
      ParticipantConnection connection)
      throws RequestRefusedException {
    check(request.getAutoSubscribe());
    if (!begun) {
      lobby.set(request.getLobby() && permissions.kind() == CallKind.CALL_KIND_GROUP);
    }
    CallParticipant joining =
        participants.open(
            environment.ids().get(), request.getAutoSubscribe(), user, role, connection);
    if (lobby.isOn() && roster.size() > 0) {
      joining.waiting(true);
      joining.send(joined(requestId, joining, Joined.newBuilder()));
      lobby.add(joining);
      return joining;
    }
    ringing.established();
    takeIn(requestId, joining);
    return joining;
  }

  /**
   * Begins the call with the one who calls, answers Joined, and rings for the others; when it
   * throws, nothing has changed.
   *
   * @param carried the transfer that this call carries out, or null
   */
  CallParticipant place(
      long requestId,
      PlaceCall request,
      List<Target> targets,
      CallUser caller,
      @Nullable Transfer carried,
      ParticipantConnection connection)
      throws RequestRefusedException {
    check(request.getAutoSubscribe());
    CallParticipant calling =
        participants.open(
            environment.ids().get(), request.getAutoSubscribe(), caller, null, connection);
    List<Invitation> invitations = ringing.invite(request, targets, caller, carried);
    takeIn(requestId, calling);
    ringing.ring(invitations);
    return calling;
  }

  /** Takes in somebody who was called, and answers Joined; when it throws, nothing has changed. */
  CallParticipant answer(
      long requestId, AnswerCall request, CallUser user, ParticipantConnection connection)
      throws RequestRefusedException {
    check(request.getAutoSubscribe());
    Invitation invitation = ringing.accepted(user);
    CallParticipant joining =
        participants.open(
            invitation.participantId(), request.getAutoSubscribe(), user, null, connection);
    takeIn(requestId, joining);
    ringing.established();
    if (permissions.isOneToOne() && roster.size() > 2) {
      promote();
    }
    return joining;
  }

  /** Takes in a transferee in the place of the transferor, and answers Joined. */
  CallParticipant replace(
      long requestId,
      Join request,
      Transfer carried,
      CallUser user,
      ParticipantConnection connection)
      throws RequestRefusedException {
    check(request.getAutoSubscribe());
    CallParticipant leaving = roster.ofUser(carried.transferor().userId());
    if (leaving == null || !isOneToOne() || roster.ofUser(user.userId()) != null) {
      throw new RequestRefusedException(SignalingError.UNKNOWN_TRANSFER);
    }
    CallParticipant joining =
        participants.open(
            environment.ids().get(), request.getAutoSubscribe(), user, null, connection);
    takeIn(requestId, joining);
    dismiss(leaving, EndReason.TRANSFERRED);
    return joining;
  }

  /** Whether two people talk here and nobody else. */
  boolean isOneToOne() {
    return permissions.isOneToOne() && ringing.isEstablished() && roster.size() == 2;
  }

  private void check(AutoSubscribe auto) throws RequestRefusedException {
    if (auto == AutoSubscribe.UNRECOGNIZED) {
      throw new RequestRefusedException(SignalingError.INVALID_AUTO_SUBSCRIBE);
    }
    if (roster.size() + lobby.size() >= environment.limits().participants()) {
      throw new RequestRefusedException(SignalingError.CALL_FULL);
    }
  }

  /** Whether so many more may be called; who is called counts as who is there. */
  boolean hasRoomFor(int more) {
    return roster.size() + lobby.size() + ringing.size() + more
        <= environment.limits().participants();
  }

  private void takeIn(long requestId, CallParticipant joining) {
    begun = true;
    joining.send(
        joined(
            requestId,
            joining,
            Joined.newBuilder()
                .addAllParticipants(roster.toProto())
                .addAllParticipants(ringing.toProto())
                .addAllParticipants(lobby.visibleTo(joining))));
    connect(joining);
  }

  private void admitted(CallParticipant participant) {
    permissions.tellSelf(participant);
    RosterDelta.Builder others =
        RosterDelta.newBuilder()
            .addAllJoined(roster.toProto())
            .addAllJoined(ringing.toProto())
            .addAllJoined(lobby.visibleTo(participant));
    participant.send(CallRoster.message(others));
    participant.send(shared.message());
    connect(participant);
  }

  private void connect(CallParticipant joining) {
    roster.add(joining);
    roster.changed(joining);
    speakers.tell(joining);
    boolean complete = false;
    try {
      tracks.fill(joining);
      tracks.offer(joining);
      complete = true;
    } finally {
      if (!complete) {
        remove(joining, EndReason.INTERNAL);
      }
    }
  }

  private ServerMessage joined(long requestId, CallParticipant joining, Joined.Builder joined) {
    return ServerMessage.newBuilder()
        .setInReplyTo(requestId)
        .setJoined(
            joined
                .setCallId(id)
                .setGroupId(groupId)
                .setParticipantId(joining.id())
                .setRole(RoomRoles.toProto(joining.role()))
                .setState(joining.state())
                .setCallState(shared.toProto())
                .addAllCapabilities(joining.isWaiting() ? List.of() : permissions.names(joining)))
        .build();
  }

  private void promote() {
    transfer.giveUp();
    permissions.kind(CallKind.CALL_KIND_GROUP);
    shared.tell();
    roster.everybody().forEach(permissions::tellSelf);
  }

  /** Carries out and answers one request of a participant; when it throws, nothing has changed. */
  void handle(CallParticipant from, ClientMessage message) throws RequestRefusedException {
    long requestId = message.getRequestId();
    if (message.hasLeave()) {
      from.send(left(requestId));
      remove(from, EndReason.HUNG_UP);
    } else if (from.isWaiting()) {
      throw new RequestRefusedException(SignalingError.IN_LOBBY);
    } else {
      requests.handle(from, requestId, message);
    }
  }

  /** A device of a called user shows the call. */
  void shown(CallUser user) throws RequestRefusedException {
    ringing.shown(user);
  }

  /** A device of a called user rejects the call. */
  void reject(CallUser user, Device device, RejectCall.Reason reason)
      throws RequestRefusedException {
    ringing.reject(user, device, reason);
  }

  /** The socket of a participant is lost, and may come back. */
  void signalingLost(CallParticipant participant) {
    absences.signalingLost(participant);
  }

  /** The socket of a participant is back. */
  void signalingBack(CallParticipant participant) {
    absences.signalingBack(participant);
  }

  private void absenceChanged(CallParticipant participant) {
    if (!participant.isWaiting()) {
      roster.changed(participant);
    }
  }

  /** Ends the call for everybody, and for the one who asks with an answer. */
  void endFor(CallParticipant from, long requestId) {
    ending = true;
    from.send(left(requestId));
    remove(from, EndReason.ENDED_FOR_EVERYONE);
    end(EndReason.ENDED_FOR_EVERYONE);
  }

  /** Takes a participant out and tells it why. */
  void dismiss(CallParticipant participant, EndReason reason) {
    remove(participant, reason, ServerMessages.callEnded(reason));
  }

  /**
   * Takes a participant out: its media is closed first, then the others are told. Idempotent.
   *
   * @param reason what the others are told
   */
  void remove(CallParticipant leaving, EndReason reason) {
    remove(leaving, reason, null);
  }

  private void remove(CallParticipant leaving, EndReason reason, @Nullable ServerMessage farewell) {
    absences.forget(leaving);
    if (lobby.remove(leaving, reason, farewell) || !roster.remove(leaving)) {
      return;
    }
    try {
      tracks.close(leaving);
    } finally {
      speakers.remove(leaving);
      messages.forget(leaving);
      leaving.released(farewell);
      roster.announce(departed(leaving.id(), reason));
      spotlight.forget(leaving);
      transfer.left(leaving);
      tracks.offerEverybody();
      afterLeaving(reason);
    }
  }

  private void afterLeaving(EndReason reason) {
    if (roster.size() == 0) {
      ringing.close(EndReason.CANCELLED);
      lobby.close(EndReason.HUNG_UP);
      transfer.abandon();
    } else if (!ending
        && permissions.isOneToOne()
        && ringing.isEstablished()
        && roster.size() < 2) {
      end(reason == EndReason.CONNECTION_LOST ? EndReason.LEFT_ABRUPTLY : EndReason.HUNG_UP);
    }
  }

  /** Ends the call for everybody. */
  void end(EndReason reason) {
    ending = true;
    ringing.close(reason);
    for (CallParticipant participant : roster.everybody()) {
      dismiss(participant, reason);
    }
    lobby.close(reason);
  }

  /** Ends the call unless somebody has accepted it. */
  void giveUp(EndReason reason) {
    if (!ringing.isEstablished()) {
      end(reason);
    }
  }

  /** Shows everybody whether the call is recorded, and whether it is transcribed. */
  void indicate(boolean recording, boolean transcription) {
    indicators.recording(recording);
    indicators.transcription(transcription);
  }

  /** Keeps the call to what its room says now. */
  void enforce(RoomAdmission room) {
    roomRules.enforce(room);
  }

  /**
   * Runs a task after a delay unless the call is gone by then; takes the place of the one before.
   */
  void later(Duration delay, Runnable task) {
    roomRules.later(delay, task);
  }

  /** Frees the call's media. The call is empty and nobody joins it any more. */
  void close() {
    roomRules.close();
    speakers.close();
    media.close();
  }

  private static ServerMessage left(long requestId) {
    return ServerMessage.newBuilder()
        .setInReplyTo(requestId)
        .setLeft(Left.getDefaultInstance())
        .build();
  }

  /** Says that somebody went, and why. */
  static RosterDelta.Builder departed(String participantId, EndReason reason) {
    return RosterDelta.newBuilder()
        .addLeft(participantId)
        .addDepartures(
            Departure.newBuilder()
                .setParticipantId(participantId)
                .setCode(reason.code())
                .setSubCode(reason.subCode()));
  }
}
