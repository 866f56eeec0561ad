package io.vaxel.client;

import io.vaxel.signaling.proto.AddParticipant;
import io.vaxel.signaling.proto.CallEnded;
import io.vaxel.signaling.proto.CallKind;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.EndCall;
import io.vaxel.signaling.proto.Joined;
import io.vaxel.signaling.proto.Leave;
import io.vaxel.signaling.proto.MediaState;
import io.vaxel.signaling.proto.MuteOthers;
import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.ParticipantState;
import io.vaxel.signaling.proto.RemoveParticipant;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.SetHold;
import io.vaxel.signaling.proto.SetTrackState;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.proto.TrackState;
import io.vaxel.signaling.proto.TransferCall;
import io.vaxel.signaling.proto.UpdateSubscriptions;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of this client. Methods may be called from any thread; what they ask for fails with
 * {@link CallException} when the server refuses it, and then nothing has changed. Futures complete
 * on the media loop, where nothing may block.
 */
public final class Call {
  /** The states of the ACS calling SDK. */
  public enum State {
    /** Asked for; nobody rings yet. */
    CONNECTING,
    /** Somebody's device rings. */
    RINGING,
    /** A telephone plays something before anybody answers. */
    EARLY_MEDIA,
    /** Part of the call. */
    CONNECTED,
    /** On hold by this client. */
    LOCAL_HOLD,
    /** On hold by the other one of a 1:1 call. */
    REMOTE_HOLD,
    /** Waiting until somebody admits this client. */
    IN_LOBBY,
    /** Over. */
    DISCONNECTED
  }

  private final SignalingSession session;
  private final ClientMedia media;
  private final CallListener listener;
  private final Consumer<Call> onOver;
  private final boolean placed;
  private final CallConnections connections;
  private final CallRoster roster = new CallRoster();
  private final CallFeatures features = new CallFeatures(this::ask);
  private volatile State state = State.CONNECTING;
  private volatile @Nullable Joined joined;
  private volatile @Nullable CallEndReason endReason;
  private CallKind kind = CallKind.CALL_KIND_UNSPECIFIED;
  private boolean inLobby;
  private boolean holding;
  private boolean answered;

  /**
   * @param placed whether others are rung for, so that the call is not connected with Joined
   * @param onOver hears on the loop that the session is free, before the listener does
   */
  Call(
      SignalingSession session,
      ClientMedia media,
      CallListener listener,
      boolean placed,
      Consumer<Call> onOver) {
    this.session = session;
    this.media = media;
    this.listener = listener;
    this.placed = placed;
    this.onOver = onOver;
    this.connections = new CallConnections(media, session, listener::received);
  }

  /**
   * Asks for the call; fails when the server does not give it. On the loop.
   *
   * @param connected what the request waits for
   */
  CompletableFuture<Call> begin(
      CompletableFuture<?> connected, Consumer<ClientMessage.Builder> request) {
    return connected
        .thenCompose(ready -> session.request(request))
        .handle(
            (answer, error) -> {
              if (error != null) {
                connections.close();
                state = State.DISCONNECTED;
                onOver.accept(this);
                throw CallAgent.asRuntime(error);
              }
              begun(answer.getJoined());
              return this;
            });
  }

  private void begun(Joined said) {
    joined = said;
    kind = said.getCallState().getKind();
    inLobby = said.getState() == ParticipantState.PARTICIPANT_STATE_IN_LOBBY;
    roster.joined(said, listener);
    updateState();
  }

  /** What the server says by itself, on the loop. */
  void message(ServerMessage message) {
    if (endReason != null) {
      return;
    }
    listener.message(message);
    switch (message.getBodyCase()) {
      case SUBSCRIBE_OFFER -> connections.offered(message.getSubscribeOffer());
      case ROSTER_DELTA -> roster.apply(message.getRosterDelta(), listener);
      case CALL_STATE -> kind = message.getCallState().getKind();
      case SELF_CHANGED -> selfChanged(message.getSelfChanged().getParticipant());
      case MEDIA_STATE -> mediaState(message.getMediaState());
      case CALL_ENDED -> ended(message.getCallEnded());
      case ACTIVE_SPEAKERS ->
          listener.activeSpeakers(message.getActiveSpeakers().getParticipantIdsList());
      case TRANSFER_OFFER -> listener.transferRequested(this, message.getTransferOffer());
      case TRANSFER_UPDATE -> listener.transferUpdated(message.getTransferUpdate());
      case DTMF_RECEIVED -> listener.dtmfReceived(message.getDtmfReceived());
      case REACTION_RECEIVED -> listener.reactionReceived(message.getReactionReceived());
      case REAL_TIME_TEXT_RECEIVED ->
          listener.realTimeTextReceived(message.getRealTimeTextReceived());
      case DATA_RECEIVED -> listener.dataReceived(message.getDataReceived());
      default -> {}
    }
    updateState();
  }

  private void selfChanged(Participant self) {
    inLobby = self.getState() == ParticipantState.PARTICIPANT_STATE_IN_LOBBY;
    holding = self.getState() == ParticipantState.PARTICIPANT_STATE_ON_HOLD;
  }

  private void mediaState(MediaState said) {
    if (said.getState() == MediaState.State.FAILED) {
      connections.failed(said.getConnection());
      listener.mediaFailed(said.getConnection(), said.getMessage());
    }
  }

  private void ended(CallEnded said) {
    over(new CallEndReason(said.getCode(), said.getSubCode(), said.getMessage()));
  }

  /** The call is over, by whatever; on the loop. Idempotent. */
  void over(CallEndReason reason) {
    if (endReason != null) {
      return;
    }
    endReason = reason;
    connections.close();
    onOver.accept(this);
    become(State.DISCONNECTED);
    listener.ended(this, reason);
  }

  private void updateState() {
    if (endReason != null || joined == null) {
      return;
    }
    State now = CallRoster.state(kind, placed && !answered, roster.all());
    answered |= now == State.CONNECTED || now == State.REMOTE_HOLD;
    if (inLobby) {
      now = State.IN_LOBBY;
    } else if (holding && answered) {
      now = State.LOCAL_HOLD;
    }
    become(now);
  }

  private void become(State now) {
    if (state != now) {
      state = now;
      listener.stateChanged(this, now);
    }
  }

  private CompletableFuture<Void> ask(Consumer<ClientMessage.Builder> request) {
    return session.request(request).thenAccept(done -> {});
  }

  private <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> task) {
    return CompletableFuture.completedFuture(task)
        .thenComposeAsync(Supplier::get, media.loop()::execute);
  }

  /** What the server said when this client came into the call, or null before. */
  public @Nullable Joined joined() {
    return joined;
  }

  /** The server's id of the call; empty before it has begun. */
  public String id() {
    Joined said = joined;
    return said == null ? "" : said.getCallId();
  }

  public State state() {
    return state;
  }

  /** Why the call is over, or null while it is not. */
  public @Nullable CallEndReason endReason() {
    return endReason;
  }

  /** The others, those who are being called included. */
  public List<Participant> participants() {
    return roster.all();
  }

  /** Dual tones, hands, reactions, spotlight, text, data, captions, lobby, media access. */
  public CallFeatures features() {
    return features;
  }

  /**
   * Publishes one track of each kind, and nothing else from now on: tracks that flow already stay,
   * those of other kinds are taken off. Completes when media can flow.
   */
  public CompletableFuture<List<OutgoingTrack>> publish(List<TrackKind> kinds) {
    return onLoop(() -> connections.publish(kinds));
  }

  /** Mutes or unmutes a published track. */
  public CompletableFuture<Void> setMuted(OutgoingTrack track, boolean muted) {
    SetTrackState wanted =
        SetTrackState.newBuilder()
            .setTrackId(track.trackId())
            .setState(muted ? TrackState.TRACK_STATE_MUTED : TrackState.TRACK_STATE_ON)
            .build();
    return ask(message -> message.setSetTrackState(wanted));
  }

  /** Asks for tracks of others. */
  public CompletableFuture<Void> subscribe(Collection<String> trackIds) {
    return ask(
        message ->
            message.setUpdateSubscriptions(
                UpdateSubscriptions.newBuilder().addAllSubscribe(trackIds)));
  }

  /** Asks to be rid of tracks of others. */
  public CompletableFuture<Void> unsubscribe(Collection<String> trackIds) {
    return ask(
        message ->
            message.setUpdateSubscriptions(
                UpdateSubscriptions.newBuilder().addAllUnsubscribe(trackIds)));
  }

  /** The tracks that are received now; on the media loop only. */
  public List<IncomingTrack> incoming() {
    return connections.incoming();
  }

  /** Moves media to new ports, as after a change of networks; nothing is interrupted. */
  public CompletableFuture<Void> restartIce() {
    return onLoop(connections::restartIce);
  }

  /** Neither sends nor receives media until {@link #resume}. */
  public CompletableFuture<Void> hold() {
    return setHold(true);
  }

  /** Goes on after {@link #hold}. */
  public CompletableFuture<Void> resume() {
    return setHold(false);
  }

  private CompletableFuture<Void> setHold(boolean on) {
    return ask(message -> message.setSetHold(SetHold.newBuilder().setOn(on)))
        .thenRun(
            () -> {
              holding = on;
              updateState();
            });
  }

  /**
   * Calls somebody into the call: a raw id, or {@code 4:+} and a number. The participant id; how it
   * goes is told by {@link CallListener#participantUpdated}.
   */
  public CompletableFuture<String> addParticipant(String target, CallOptions options) {
    AddParticipant adding =
        AddParticipant.newBuilder()
            .setTarget(target)
            .setAlternateCallerId(options.alternateCallerId())
            .setCustomContext(options.customContext())
            .build();
    return session
        .request(message -> message.setAddParticipant(adding))
        .thenApply(answer -> answer.getParticipantAdded().getParticipantId());
  }

  /** Takes somebody out of the call, or stops calling them. */
  public CompletableFuture<Void> removeParticipant(String participantId) {
    return ask(
        message ->
            message.setRemoveParticipant(
                RemoveParticipant.newBuilder().setParticipantId(participantId)));
  }

  /** Mutes the microphones of these; of everybody else when there is none. */
  public CompletableFuture<Void> muteOthers(Collection<String> participantIds) {
    return ask(
        message ->
            message.setMuteOthers(MuteOthers.newBuilder().addAllParticipantIds(participantIds)));
  }

  /** Moves the other one of a 1:1 call to {@code target}, a raw id. The transfer's id. */
  public CompletableFuture<String> transferToParticipant(String target, CallOptions options) {
    return transfer(
        TransferCall.newBuilder().setTargetUser(target).setCustomContext(options.customContext()));
  }

  /** Moves the other one of a 1:1 call to the other one of {@code call}. The transfer's id. */
  public CompletableFuture<String> transferToCall(Call call) {
    return transfer(TransferCall.newBuilder().setTargetCall(call.id()));
  }

  private CompletableFuture<String> transfer(TransferCall.Builder transfer) {
    return session
        .request(message -> message.setTransferCall(transfer))
        .thenApply(answer -> answer.getTransferStarted().getTransferId());
  }

  /** Leaves; before anybody has answered that cancels the call. */
  public CompletableFuture<Void> hangUp() {
    return leave(message -> message.setLeave(Leave.getDefaultInstance()));
  }

  /** Ends the call for everybody. */
  public CompletableFuture<Void> hangUpForEveryone() {
    return leave(message -> message.setEndCall(EndCall.getDefaultInstance()));
  }

  private CompletableFuture<Void> leave(Consumer<ClientMessage.Builder> request) {
    return ask(request).thenRun(() -> over(CallEndReason.HUNG_UP));
  }
}
