package io.vaxel.signaling.call;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.ActiveSpeakers;
import io.vaxel.signaling.proto.AutoSubscribe;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.Joined;
import io.vaxel.signaling.proto.Left;
import io.vaxel.signaling.proto.Publish;
import io.vaxel.signaling.proto.PublishAnswer;
import io.vaxel.signaling.proto.PublishedTrack;
import io.vaxel.signaling.proto.RoleChanged;
import io.vaxel.signaling.proto.RosterDelta;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.SetTrackState;
import io.vaxel.signaling.proto.SubscribeAnswer;
import io.vaxel.signaling.proto.SubscribeOffer;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.proto.TrackState;
import io.vaxel.signaling.proto.UpdateSubscriptions;
import io.vaxel.signaling.room.RoomAdmission;
import io.vaxel.signaling.room.RoomRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A group call: who takes part, what they publish, who is told what. A plain state machine: every
 * method but {@link #loop()} runs on the call's loop, and nothing here blocks.
 *
 * <p>Whoever asks is answered first; then the others are told; then offers go out. A participant is
 * never told about itself in a roster delta.
 */
final class Call {
  private final String id;
  private final CallMedia media;
  private final CallLimits limits;
  private final Supplier<String> ids;
  private final SpeakerNotices speakers;
  private final CallRoster roster = new CallRoster();
  private @Nullable Future<?> reminder;

  /**
   * Opens the call's media. Any thread.
   *
   * @param ids makes ids that never repeat
   */
  Call(CallMedia.Factory factory, CallLimits limits, Supplier<String> ids) {
    this.id = ids.get();
    this.limits = limits;
    this.ids = ids;
    this.media = factory.open(this::activeSpeakers);
    this.speakers = new SpeakerNotices(media.loop(), limits.speakerInterval(), this::tellSpeakers);
  }

  /** The loop on which everything of the call happens. Any thread. */
  EventExecutor loop() {
    return media.loop();
  }

  /**
   * Takes a participant in and answers Joined; when it throws, nothing has changed.
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
    if (request.getAutoSubscribe() == AutoSubscribe.UNRECOGNIZED) {
      throw new RequestRefusedException(SignalingError.INVALID_AUTO_SUBSCRIBE);
    }
    if (roster.size() >= limits.participants()) {
      throw new RequestRefusedException(SignalingError.CALL_FULL);
    }
    CallParticipant joining = newParticipant(request.getAutoSubscribe(), user, role, connection);
    joining.send(
        ServerMessage.newBuilder()
            .setInReplyTo(requestId)
            .setJoined(
                Joined.newBuilder()
                    .setCallId(id)
                    .setParticipantId(joining.id())
                    .setRole(RoomRoles.toProto(role))
                    .addAllParticipants(roster.toProto()))
            .build());
    roster.add(joining);
    announce(joining, RosterDelta.newBuilder().addJoined(joining.toProto()));
    if (!speakers.told().isEmpty()) {
      joining.send(speakersMessage(speakers.told()));
    }
    boolean complete = false;
    try {
      fill(joining);
      offer(joining);
      complete = true;
      return joining;
    } finally {
      if (!complete) {
        remove(joining);
      }
    }
  }

  /** Carries out and answers one request of a participant; when it throws, nothing has changed. */
  void handle(CallParticipant from, ClientMessage message) throws RequestRefusedException {
    long requestId = message.getRequestId();
    switch (message.getBodyCase()) {
      case LEAVE -> leave(from, requestId);
      case PUBLISH -> publish(from, requestId, message.getPublish());
      case UPDATE_SUBSCRIPTIONS ->
          updateSubscriptions(from, requestId, message.getUpdateSubscriptions());
      case SUBSCRIBE_ANSWER -> subscribeAnswer(from, requestId, message.getSubscribeAnswer());
      case SET_TRACK_STATE -> setTrackState(from, requestId, message.getSetTrackState());
      default -> throw new RequestRefusedException(SignalingError.UNKNOWN_MESSAGE);
    }
  }

  /** Takes a participant out: its media is closed first, then the others are told. Idempotent. */
  void remove(CallParticipant leaving) {
    if (!roster.remove(leaving)) {
      return;
    }
    try {
      List.copyOf(leaving.tracks().values()).forEach(track -> takeOff(leaving, track));
      leaving.subscriptions().close();
      leaving.publication().close();
    } finally {
      speakers.remove(leaving.id());
      leaving.released();
      announce(leaving, RosterDelta.newBuilder().addLeft(leaving.id()));
      offerEverybody();
    }
  }

  /** Ends the call for everybody. */
  void end(EndReason reason) {
    for (CallParticipant participant : roster.everybody()) {
      dismiss(participant, reason);
    }
  }

  /** Takes out whom the room does not invite any more, and gives the others their roles of now. */
  void enforce(RoomAdmission room) {
    for (CallParticipant participant : roster.everybody()) {
      RoomRole role = room.roleOf(participant.userId());
      if (role == null) {
        dismiss(participant, EndReason.REMOVED_FROM_ROOM);
      } else if (role != participant.role()) {
        changeRole(participant, role);
      }
    }
  }

  /**
   * Runs a task after a delay unless the call is gone by then; takes the place of the one before.
   */
  void later(Duration delay, Runnable task) {
    if (reminder != null) {
      reminder.cancel(false);
    }
    reminder = loop().schedule(task, Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS);
  }

  /** Frees the call's media. The call is empty and nobody joins it any more. */
  void close() {
    if (reminder != null) {
      reminder.cancel(false);
    }
    speakers.close();
    media.close();
  }

  private void dismiss(CallParticipant participant, EndReason reason) {
    participant.send(ServerMessages.callEnded(reason));
    remove(participant);
  }

  /** Tracks that the new role may not send are muted first: nothing of them passes any more. */
  private void changeRole(CallParticipant participant, RoomRole role) {
    participant.role(role);
    RosterDelta.Builder delta = RosterDelta.newBuilder();
    for (CallTrack track : List.copyOf(participant.tracks().values())) {
      if (!participant.mayPublish(track.kind())) {
        participant.publication().setMuted(track.id(), true);
        takeOff(participant, track);
        delta.addTracks(track.toChange());
      }
    }
    participant.send(
        ServerMessage.newBuilder()
            .setRoleChanged(RoleChanged.newBuilder().setRole(RoomRoles.toProto(role)))
            .build());
    announceTracks(participant, delta);
    offerEverybody();
  }

  private CallParticipant newParticipant(
      AutoSubscribe auto,
      CallUser user,
      @Nullable RoomRole role,
      ParticipantConnection connection) {
    String participantId = ids.get();
    return new CallParticipant(
        participantId,
        user,
        role,
        connection,
        new Publication(media, connection, () -> publicationFailed(participantId)),
        new Subscriptions(
            media,
            connection,
            auto,
            limits.subscriptionsPerParticipant(),
            () -> subscriptionFailed(participantId)));
  }

  private void leave(CallParticipant from, long requestId) {
    from.send(
        ServerMessage.newBuilder()
            .setInReplyTo(requestId)
            .setLeft(Left.getDefaultInstance())
            .build());
    remove(from);
  }

  private void publish(CallParticipant from, long requestId, Publish request)
      throws RequestRefusedException {
    Map<String, PublishedTrack> byMid =
        PublishedTracks.check(request, limits.tracksPerParticipant());
    if (!byMid.values().stream().allMatch(track -> from.mayPublish(track.getKind()))) {
      throw new RequestRefusedException(SignalingError.ROLE_FORBIDS);
    }
    Map<String, TrackKind> kinds = new LinkedHashMap<>();
    byMid.forEach((mid, track) -> kinds.put(mid, track.getKind()));
    CallMedia.PublishAnswer answer = answer(from, request.getSdp(), kinds);
    RosterDelta.Builder delta = RosterDelta.newBuilder();
    for (CallTrack track : List.copyOf(from.tracks().values())) {
      if (!answer.trackIdsByMid().containsValue(track.id())) {
        takeOff(from, track);
        delta.addTracks(track.toChange());
      }
    }
    List<CallTrack> added = new ArrayList<>();
    byMid.forEach(
        (mid, asked) -> {
          String trackId = answer.trackIdsByMid().get(mid);
          if (trackId != null && !from.tracks().containsKey(trackId)) {
            added.add(putOn(from, trackId, asked));
          }
        });
    added.forEach(track -> delta.addTracks(track.toChange()));
    from.send(
        ServerMessage.newBuilder()
            .setInReplyTo(requestId)
            .setPublishAnswer(
                PublishAnswer.newBuilder()
                    .setSdp(answer.sdp())
                    .putAllTrackIds(answer.trackIdsByMid()))
            .build());
    announceTracks(from, delta);
    for (CallParticipant other : roster.everybodyBut(from)) {
      added.forEach(other.subscriptions()::consider);
    }
    offerEverybody();
  }

  private static CallMedia.PublishAnswer answer(
      CallParticipant from, String sdp, Map<String, TrackKind> kinds)
      throws RequestRefusedException {
    try {
      return from.publication().answer(sdp, kinds);
    } catch (SdpRefusedException e) {
      throw new RequestRefusedException(
          SignalingError.SDP_REFUSED, e.getMessage() == null ? "" : e.getMessage());
    }
  }

  private void updateSubscriptions(
      CallParticipant from, long requestId, UpdateSubscriptions request)
      throws RequestRefusedException {
    for (String trackId : request.getSubscribeList()) {
      if (roster.track(trackId).ownerId().equals(from.id())) {
        throw new RequestRefusedException(SignalingError.OWN_TRACK);
      }
    }
    from.subscriptions().update(request.getSubscribeList(), request.getUnsubscribeList());
    from.send(ServerMessages.done(requestId));
    offer(from);
  }

  private void subscribeAnswer(CallParticipant from, long requestId, SubscribeAnswer request)
      throws RequestRefusedException {
    from.subscriptions().answer(request.getOfferId(), request.getSdp());
    from.send(ServerMessages.done(requestId));
    offer(from);
  }

  private void setTrackState(CallParticipant from, long requestId, SetTrackState request)
      throws RequestRefusedException {
    CallTrack track = roster.track(request.getTrackId());
    if (!track.ownerId().equals(from.id())) {
      throw new RequestRefusedException(SignalingError.NOT_YOUR_TRACK);
    }
    boolean before = track.state() == TrackState.TRACK_STATE_MUTED;
    switch (request.getState()) {
      case TRACK_STATE_ON, TRACK_STATE_MUTED -> {
        boolean muted = request.getState() == TrackState.TRACK_STATE_MUTED;
        from.publication().setMuted(track.id(), muted);
        track.state(request.getState());
        from.send(ServerMessages.done(requestId));
        if (muted != before) {
          announceTracks(from, RosterDelta.newBuilder().addTracks(track.toChange()));
        }
      }
      case TRACK_STATE_OFF -> {
        from.publication().setMuted(track.id(), true);
        takeOff(from, track);
        from.send(ServerMessages.done(requestId));
        announceTracks(from, RosterDelta.newBuilder().addTracks(track.toChange()));
        offerEverybody();
      }
      default -> throw new RequestRefusedException(SignalingError.INVALID_TRACK_STATE);
    }
  }

  /** The publish connection is closed already, and its tracks with it. */
  private void publicationFailed(String participantId) {
    CallParticipant from = roster.participant(participantId);
    if (from == null) {
      return;
    }
    RosterDelta.Builder delta = RosterDelta.newBuilder();
    for (CallTrack track : List.copyOf(from.tracks().values())) {
      takeOff(from, track);
      delta.addTracks(track.toChange());
    }
    announceTracks(from, delta);
    offerEverybody();
  }

  private void subscriptionFailed(String participantId) {
    CallParticipant from = roster.participant(participantId);
    if (from != null) {
      offer(from);
    }
  }

  private CallTrack putOn(CallParticipant owner, String trackId, PublishedTrack asked) {
    TrackState state = asked.getMuted() ? TrackState.TRACK_STATE_MUTED : TrackState.TRACK_STATE_ON;
    CallTrack track = new CallTrack(trackId, asked.getKind(), owner.id(), state);
    owner.publication().setMuted(trackId, asked.getMuted());
    roster.add(owner, track);
    return track;
  }

  private void takeOff(CallParticipant owner, CallTrack track) {
    track.state(TrackState.TRACK_STATE_OFF);
    roster.remove(owner, track);
    for (CallParticipant other : roster.everybodyBut(owner)) {
      if (other.subscriptions().forget(track.id())) {
        fill(other);
      }
    }
  }

  /** Automatic subscriptions to what there is, audio before anything else. */
  private void fill(CallParticipant participant) {
    if (!participant.subscriptions().isAutomatic()) {
      return;
    }
    for (CallTrack track : roster.tracksAudioFirst()) {
      if (!track.ownerId().equals(participant.id())) {
        participant.subscriptions().consider(track);
      }
    }
  }

  private void offerEverybody() {
    roster.everybody().forEach(this::offer);
  }

  private void offer(CallParticipant participant) {
    SubscribeOffer offer = participant.subscriptions().nextOffer();
    if (offer != null) {
      participant.send(ServerMessage.newBuilder().setSubscribeOffer(offer).build());
    }
  }

  private void announceTracks(CallParticipant author, RosterDelta.Builder delta) {
    if (delta.getTracksCount() > 0) {
      announce(author, delta);
    }
  }

  private void announce(CallParticipant author, RosterDelta.Builder delta) {
    ServerMessage message = ServerMessage.newBuilder().setRosterDelta(delta).build();
    roster.everybodyBut(author).forEach(other -> other.send(message));
  }

  private void activeSpeakers(List<String> trackIds) {
    List<String> participantIds = new ArrayList<>();
    for (String trackId : trackIds) {
      @Nullable CallTrack track = roster.find(trackId);
      if (track != null
          && track.state() == TrackState.TRACK_STATE_ON
          && !participantIds.contains(track.ownerId())) {
        participantIds.add(track.ownerId());
      }
    }
    speakers.update(participantIds);
  }

  private void tellSpeakers(List<String> participantIds) {
    ServerMessage message = speakersMessage(participantIds);
    roster.everybody().forEach(participant -> participant.send(message));
  }

  private static ServerMessage speakersMessage(List<String> participantIds) {
    return ServerMessage.newBuilder()
        .setActiveSpeakers(ActiveSpeakers.newBuilder().addAllParticipantIds(participantIds))
        .build();
  }
}
