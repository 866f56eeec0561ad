package io.vaxel.signaling.call;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.ModalityFailed;
import io.vaxel.signaling.proto.Publish;
import io.vaxel.signaling.proto.PublishAnswer;
import io.vaxel.signaling.proto.PublishedTrack;
import io.vaxel.signaling.proto.RosterDelta;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.SetTrackState;
import io.vaxel.signaling.proto.SubscribeAnswer;
import io.vaxel.signaling.proto.SubscribeOffer;
import io.vaxel.signaling.proto.TrackEnded;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.proto.TrackState;
import io.vaxel.signaling.proto.UpdateSubscriptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who publishes and receives which tracks in a call. Whoever asks is answered first; then the
 * others are told; then offers go out. Used on the call's loop.
 */
final class CallTracks {
  private final CallRoster roster;
  private final int tracksPerParticipant;

  CallTracks(CallRoster roster, int tracksPerParticipant) {
    this.roster = roster;
    this.tracksPerParticipant = tracksPerParticipant;
  }

  /** Carries out Publish; when it throws, nothing has changed. */
  void publish(CallParticipant from, long requestId, Publish request)
      throws RequestRefusedException {
    Map<String, PublishedTrack> byMid = PublishedTracks.check(request, tracksPerParticipant);
    for (PublishedTrack track : byMid.values()) {
      if (!from.mayPublish(track.getKind())) {
        throw new RequestRefusedException(SignalingError.ROLE_FORBIDS);
      }
      boolean silent = track.getKind() == TrackKind.TRACK_KIND_AUDIO && track.getMuted();
      if (from.isForbidden(track.getKind()) && !silent && !isMutedAlready(from, track.getKind())) {
        throw new RequestRefusedException(SignalingError.MEDIA_FORBIDDEN);
      }
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
    if (added.stream().anyMatch(track -> track.kind() == TrackKind.TRACK_KIND_SCREEN_SHARE)) {
      endOtherShares(from);
    }
    roster.announce(from, delta);
    for (CallParticipant other : roster.everybodyBut(from)) {
      added.forEach(other.subscriptions()::consider);
    }
    offerEverybody();
  }

  /** A muted microphone of one who may not speak may be offered again, as it is. */
  private static boolean isMutedAlready(CallParticipant from, TrackKind kind) {
    return kind == TrackKind.TRACK_KIND_AUDIO
        && from.tracks().values().stream()
            .anyMatch(
                track -> track.kind() == kind && track.state() == TrackState.TRACK_STATE_MUTED);
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

  /** Carries out UpdateSubscriptions; when it throws, nothing has changed. */
  void updateSubscriptions(CallParticipant from, long requestId, UpdateSubscriptions request)
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

  /** Carries out SubscribeAnswer; when it throws, nothing has changed. */
  void subscribeAnswer(CallParticipant from, long requestId, SubscribeAnswer request)
      throws RequestRefusedException {
    from.subscriptions().answer(request.getOfferId(), request.getSdp());
    from.send(ServerMessages.done(requestId));
    offer(from);
  }

  /** Carries out RestartSubscribe. */
  void restartSubscribe(CallParticipant from, long requestId) {
    from.subscriptions().restart();
    from.send(ServerMessages.done(requestId));
    offer(from);
  }

  /** Carries out SetTrackState; when it throws, nothing has changed. */
  void setTrackState(CallParticipant from, long requestId, SetTrackState request)
      throws RequestRefusedException {
    CallTrack track = roster.track(request.getTrackId());
    if (!track.ownerId().equals(from.id())) {
      throw new RequestRefusedException(SignalingError.NOT_YOUR_TRACK);
    }
    boolean before = track.state() == TrackState.TRACK_STATE_MUTED;
    switch (request.getState()) {
      case TRACK_STATE_ON, TRACK_STATE_MUTED -> {
        boolean muted = request.getState() == TrackState.TRACK_STATE_MUTED;
        if (!muted && from.isForbidden(track.kind())) {
          throw new RequestRefusedException(SignalingError.MEDIA_FORBIDDEN);
        }
        setMuted(from, track, muted);
        from.send(ServerMessages.done(requestId));
        if (muted != before) {
          roster.announce(from, RosterDelta.newBuilder().addTracks(track.toChange()));
        }
      }
      case TRACK_STATE_OFF -> {
        from.publication().setMuted(track.id(), true);
        takeOff(from, track);
        from.send(ServerMessages.done(requestId));
        roster.announce(from, RosterDelta.newBuilder().addTracks(track.toChange()));
        offerEverybody();
      }
      default -> throw new RequestRefusedException(SignalingError.INVALID_TRACK_STATE);
    }
  }

  /**
   * Mutes the microphone of a participant and tells the others.
   *
   * @return false when it was silent already
   */
  boolean mute(CallParticipant participant) {
    RosterDelta.Builder delta = RosterDelta.newBuilder();
    for (CallTrack track : participant.tracks().values()) {
      if (track.kind() == TrackKind.TRACK_KIND_AUDIO
          && track.state() == TrackState.TRACK_STATE_ON) {
        setMuted(participant, track, true);
        delta.addTracks(track.toChange());
      }
    }
    roster.announce(participant, delta);
    return delta.getTracksCount() > 0;
  }

  private static void setMuted(CallParticipant participant, CallTrack track, boolean muted) {
    participant.publication().setMuted(track.id(), muted);
    track.state(muted ? TrackState.TRACK_STATE_MUTED : TrackState.TRACK_STATE_ON);
  }

  /** Ends cameras and screens of a participant, and says so. */
  void endVideo(CallParticipant participant, TrackEnded.Reason reason) {
    for (CallTrack track : List.copyOf(participant.tracks().values())) {
      if (track.kind() != TrackKind.TRACK_KIND_AUDIO) {
        end(participant, track, reason);
      }
    }
    offerEverybody();
  }

  /** One screen is shared at a time: the latest. */
  private void endOtherShares(CallParticipant sharing) {
    for (CallParticipant other : roster.everybodyBut(sharing)) {
      for (CallTrack track : List.copyOf(other.tracks().values())) {
        if (track.kind() == TrackKind.TRACK_KIND_SCREEN_SHARE) {
          end(other, track, TrackEnded.Reason.TAKEN_OVER);
        }
      }
    }
  }

  private void end(CallParticipant owner, CallTrack track, TrackEnded.Reason reason) {
    owner.publication().setMuted(track.id(), true);
    takeOff(owner, track);
    owner.send(
        ServerMessage.newBuilder()
            .setTrackEnded(TrackEnded.newBuilder().setTrackId(track.id()).setReason(reason))
            .build());
    roster.announce(owner, RosterDelta.newBuilder().addTracks(track.toChange()));
  }

  /**
   * Takes off tracks that a role does not allow any more, and tells nobody: nothing of them passes
   * any more when this returns.
   *
   * @return what must be told
   */
  RosterDelta.Builder enforceRole(CallParticipant participant) {
    RosterDelta.Builder delta = RosterDelta.newBuilder();
    for (CallTrack track : List.copyOf(participant.tracks().values())) {
      if (!participant.mayPublish(track.kind())) {
        participant.publication().setMuted(track.id(), true);
        takeOff(participant, track);
        delta.addTracks(track.toChange());
      }
    }
    return delta;
  }

  /** Video or a share did not come about in time: it is as if it had not been asked for. */
  void modalityFailed(CallParticipant owner, String trackId) {
    CallTrack track = owner.tracks().get(trackId);
    if (track == null) {
      return;
    }
    owner.publication().setMuted(trackId, true);
    takeOff(owner, track);
    owner.send(
        ServerMessage.newBuilder()
            .setModalityFailed(
                ModalityFailed.newBuilder()
                    .addTrackIds(trackId)
                    .setCode(EndReason.MODALITY_TIMEOUT.code())
                    .setSubCode(EndReason.MODALITY_TIMEOUT.subCode()))
            .build());
    roster.announce(owner, RosterDelta.newBuilder().addTracks(track.toChange()));
    offerEverybody();
  }

  /** The publish connection is closed already, and its tracks with it. */
  void publicationFailed(CallParticipant from) {
    RosterDelta.Builder delta = RosterDelta.newBuilder();
    for (CallTrack track : List.copyOf(from.tracks().values())) {
      takeOff(from, track);
      delta.addTracks(track.toChange());
    }
    roster.announce(from, delta);
    offerEverybody();
  }

  /** Takes off everything of one who leaves, and closes its connections. */
  void close(CallParticipant leaving) {
    List.copyOf(leaving.tracks().values()).forEach(track -> takeOff(leaving, track));
    leaving.subscriptions().close();
    leaving.publication().close();
  }

  private CallTrack putOn(CallParticipant owner, String trackId, PublishedTrack asked) {
    boolean muted = asked.getMuted() || owner.isForbidden(asked.getKind());
    TrackState state = muted ? TrackState.TRACK_STATE_MUTED : TrackState.TRACK_STATE_ON;
    CallTrack track = new CallTrack(trackId, asked.getKind(), owner.id(), state);
    owner.publication().setMuted(trackId, muted);
    if (asked.getKind() != TrackKind.TRACK_KIND_AUDIO && !owner.publication().isConnected()) {
      owner.modality().expect(trackId);
    }
    roster.add(owner, track);
    return track;
  }

  private void takeOff(CallParticipant owner, CallTrack track) {
    owner.modality().forget(track.id());
    track.state(TrackState.TRACK_STATE_OFF);
    roster.remove(owner, track);
    for (CallParticipant other : roster.everybodyBut(owner)) {
      if (other.subscriptions().forget(track.id())) {
        fill(other);
      }
    }
  }

  /** Automatic subscriptions to what there is, audio before anything else. */
  void fill(CallParticipant participant) {
    if (!participant.subscriptions().isAutomatic()) {
      return;
    }
    for (CallTrack track : roster.tracksAudioFirst()) {
      if (!track.ownerId().equals(participant.id())) {
        participant.subscriptions().consider(track);
      }
    }
  }

  void offerEverybody() {
    roster.everybody().forEach(this::offer);
  }

  void offer(CallParticipant participant) {
    @Nullable SubscribeOffer offer = participant.subscriptions().nextOffer();
    if (offer != null) {
      participant.send(ServerMessage.newBuilder().setSubscribeOffer(offer).build());
    }
  }
}
