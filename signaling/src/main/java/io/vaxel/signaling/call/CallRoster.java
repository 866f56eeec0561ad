package io.vaxel.signaling.call;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.TrackKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who takes part in a call and which tracks there are. Used on the call's loop. */
final class CallRoster {
  private final Map<String, CallParticipant> participants = new LinkedHashMap<>();
  private final Map<String, CallTrack> tracks = new LinkedHashMap<>();

  int size() {
    return participants.size();
  }

  void add(CallParticipant participant) {
    participants.put(participant.id(), participant);
  }

  /** Returns whether the participant was there. */
  boolean remove(CallParticipant participant) {
    return participants.remove(participant.id(), participant);
  }

  @Nullable CallParticipant participant(String participantId) {
    return participants.get(participantId);
  }

  /** A copy: participants may come and go while it is walked through. */
  List<CallParticipant> everybody() {
    return List.copyOf(participants.values());
  }

  List<CallParticipant> everybodyBut(CallParticipant one) {
    List<CallParticipant> others = new ArrayList<>(participants.values());
    others.remove(one);
    return others;
  }

  void add(CallParticipant owner, CallTrack track) {
    owner.tracks().put(track.id(), track);
    tracks.put(track.id(), track);
  }

  void remove(CallParticipant owner, CallTrack track) {
    owner.tracks().remove(track.id());
    tracks.remove(track.id());
  }

  @Nullable CallTrack find(String trackId) {
    return tracks.get(trackId);
  }

  /** The track with this id; refuses the request with UNKNOWN_TRACK when there is none. */
  CallTrack track(String trackId) throws RequestRefusedException {
    CallTrack track = tracks.get(trackId);
    if (track == null) {
      throw new RequestRefusedException(SignalingError.UNKNOWN_TRACK);
    }
    return track;
  }

  List<CallTrack> tracksAudioFirst() {
    List<CallTrack> sorted = new ArrayList<>(tracks.size());
    for (CallTrack track : tracks.values()) {
      if (track.kind() == TrackKind.TRACK_KIND_AUDIO) {
        sorted.add(track);
      }
    }
    for (CallTrack track : tracks.values()) {
      if (track.kind() != TrackKind.TRACK_KIND_AUDIO) {
        sorted.add(track);
      }
    }
    return sorted;
  }

  /** Everybody, as Joined shows them. */
  List<Participant> toProto() {
    return participants.values().stream().map(CallParticipant::toProto).toList();
  }
}
