package io.vaxel.signaling.call;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.RosterDelta;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TrackKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in a call and which tracks there are, and how the participants are told about each
 * other: nobody is ever told about itself in a delta. Used on the call's loop.
 */
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

  /** The participant with this id; refuses the request with UNKNOWN_PARTICIPANT otherwise. */
  CallParticipant required(String participantId) throws RequestRefusedException {
    CallParticipant found = participants.get(participantId);
    if (found == null) {
      throw new RequestRefusedException(SignalingError.UNKNOWN_PARTICIPANT);
    }
    return found;
  }

  /**
   * The participants with these ids, or everybody but the one who asks when there are none; refuses
   * the request with UNKNOWN_PARTICIPANT when one of them is not there.
   */
  List<CallParticipant> chosen(CallParticipant asking, List<String> participantIds)
      throws RequestRefusedException {
    if (participantIds.isEmpty()) {
      return everybodyBut(asking);
    }
    List<CallParticipant> chosen = new ArrayList<>();
    for (String id : participantIds) {
      chosen.add(required(id));
    }
    return chosen;
  }

  /** A device of this user, or null. */
  @Nullable CallParticipant ofUser(String userId) {
    for (CallParticipant participant : participants.values()) {
      if (participant.userId().equals(userId)) {
        return participant;
      }
    }
    return null;
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

  void tell(ServerMessage message) {
    everybody().forEach(participant -> participant.send(message));
  }

  void tellOthers(CallParticipant author, ServerMessage message) {
    everybodyBut(author).forEach(other -> other.send(message));
  }

  /**
   * Tells everybody but {@code author}, whom it is about; nothing when there is nothing to tell.
   */
  void announce(CallParticipant author, RosterDelta.Builder delta) {
    if (isWorthTelling(delta)) {
      tellOthers(author, message(delta));
    }
  }

  /** Tells everybody about somebody who is not in the roster. */
  void announce(RosterDelta.Builder delta) {
    if (isWorthTelling(delta)) {
      tell(message(delta));
    }
  }

  /** Tells everybody else that something of a participant changed. */
  void changed(CallParticipant participant) {
    announce(participant, RosterDelta.newBuilder().addJoined(participant.toProto()));
  }

  static ServerMessage message(RosterDelta.Builder delta) {
    return ServerMessage.newBuilder().setRosterDelta(delta).build();
  }

  private static boolean isWorthTelling(RosterDelta.Builder delta) {
    return delta.getJoinedCount() + delta.getLeftCount() + delta.getTracksCount() > 0;
  }

  /** Everybody, as Joined shows them. */
  List<Participant> toProto() {
    return participants.values().stream().map(CallParticipant::toProto).toList();
  }
}
