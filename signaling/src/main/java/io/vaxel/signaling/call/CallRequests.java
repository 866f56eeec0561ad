package io.vaxel.signaling.call;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.RemoveParticipant;
import io.vaxel.signaling.proto.SetHold;
import io.vaxel.signaling.proto.SetLobby;
import io.vaxel.signaling.proto.TransferCall;
import java.util.function.Supplier;

/**
 * Leads each request of a participant to the part of the call that carries it out. Used on the
 * call's loop.
 */
final class CallRequests {
  private final Call call;
  private final CallRoster roster;
  private final CallPermissions permissions;
  private final CallTracks tracks;
  private final Lobby lobby;
  private final SharedState shared;
  private final CallMessages messages;
  private final CallTransfer transfer;
  private final Ringing ringing;
  private final Moderation moderation;
  private final RaisedHands hands;
  private final Supplier<String> ids;

  CallRequests(
      Call call,
      CallRoster roster,
      CallPermissions permissions,
      CallTracks tracks,
      Lobby lobby,
      SharedState shared,
      CallMessages messages,
      CallTransfer transfer,
      Ringing ringing,
      Supplier<String> ids) {
    this.call = call;
    this.roster = roster;
    this.permissions = permissions;
    this.tracks = tracks;
    this.lobby = lobby;
    this.shared = shared;
    this.messages = messages;
    this.transfer = transfer;
    this.ringing = ringing;
    this.moderation = new Moderation(roster, permissions, tracks);
    this.hands = new RaisedHands(roster, permissions);
    this.ids = ids;
  }

  /** Carries out and answers one request; when it throws, nothing has changed. */
  void handle(CallParticipant from, long requestId, ClientMessage message)
      throws RequestRefusedException {
    switch (message.getBodyCase()) {
      case PUBLISH -> tracks.publish(from, requestId, message.getPublish());
      case UPDATE_SUBSCRIPTIONS ->
          tracks.updateSubscriptions(from, requestId, message.getUpdateSubscriptions());
      case SUBSCRIBE_ANSWER ->
          tracks.subscribeAnswer(from, requestId, message.getSubscribeAnswer());
      case RESTART_SUBSCRIBE -> tracks.restartSubscribe(from, requestId);
      case SET_TRACK_STATE -> tracks.setTrackState(from, requestId, message.getSetTrackState());
      case ADD_PARTICIPANT -> ringing.add(from, requestId, message.getAddParticipant());
      case REMOVE_PARTICIPANT -> remove(from, requestId, message.getRemoveParticipant());
      case END_CALL -> {
        permissions.require(from, Capability.HANG_UP_FOR_EVERYONE);
        call.endFor(from, requestId);
      }
      case SET_HOLD -> hold(from, requestId, message.getSetHold());
      case MUTE_OTHERS -> moderation.mute(from, requestId, message.getMuteOthers());
      case SET_MEDIA_ACCESS ->
          moderation.setMediaAccess(from, requestId, message.getSetMediaAccess());
      case TRANSFER_CALL -> transfer(from, requestId, message.getTransferCall());
      case SET_LOBBY -> setLobby(from, requestId, message.getSetLobby());
      case ANSWER_LOBBY -> lobby.answer(from, requestId, message.getAnswerLobby());
      case SEND_DTMF -> messages.dtmf(from, requestId, message.getSendDtmf());
      case SET_HAND -> hands.set(from, requestId, message.getSetHand());
      case SEND_REACTION -> {
        permissions.require(from, Capability.USE_REACTIONS);
        messages.reaction(from, requestId, message.getSendReaction());
      }
      case SET_SPOTLIGHT -> shared.spotlight().set(from, requestId, message.getSetSpotlight());
      case SEND_REAL_TIME_TEXT -> {
        permissions.require(from, Capability.REAL_TIME_TEXT);
        messages.text(from, requestId, message.getSendRealTimeText());
      }
      case SEND_DATA -> messages.data(from, requestId, message.getSendData());
      case SET_CAPTIONS ->
          shared.indicators().setCaptions(from, requestId, message.getSetCaptions());
      default -> throw new RequestRefusedException(SignalingError.UNKNOWN_MESSAGE);
    }
  }

  private void remove(CallParticipant from, long requestId, RemoveParticipant request)
      throws RequestRefusedException {
    if (ringing.cancel(from, requestId, request.getParticipantId())) {
      return;
    }
    permissions.require(from, Capability.REMOVE_PARTICIPANT);
    CallParticipant meant = roster.required(request.getParticipantId());
    from.send(ServerMessages.done(requestId));
    call.dismiss(meant, EndReason.REMOVED);
  }

  private void hold(CallParticipant from, long requestId, SetHold request) {
    from.send(ServerMessages.done(requestId));
    if (from.isOnHold() != request.getOn()) {
      from.onHold(request.getOn());
      from.publication().setPaused(request.getOn());
      from.subscriptions().setPaused(request.getOn());
      roster.changed(from);
    }
  }

  private void transfer(CallParticipant from, long requestId, TransferCall request)
      throws RequestRefusedException {
    if (!call.isOneToOne()) {
      throw new RequestRefusedException(SignalingError.NOT_PERMITTED);
    }
    transfer.begin(from, roster.everybodyBut(from).getFirst(), requestId, ids.get(), request);
  }

  private void setLobby(CallParticipant from, long requestId, SetLobby request)
      throws RequestRefusedException {
    permissions.require(from, Capability.MANAGE_LOBBY);
    from.send(ServerMessages.done(requestId));
    lobby.set(request.getOn());
    shared.tell();
  }
}
