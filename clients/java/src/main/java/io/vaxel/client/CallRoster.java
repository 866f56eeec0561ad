package io.vaxel.client;

import io.vaxel.signaling.proto.CallKind;
import io.vaxel.signaling.proto.Departure;
import io.vaxel.signaling.proto.Joined;
import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.ParticipantState;
import io.vaxel.signaling.proto.RosterDelta;
import io.vaxel.signaling.proto.Track;
import io.vaxel.signaling.proto.TrackChange;
import io.vaxel.signaling.proto.TrackState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The others in a call, as the server tells of them. Changed on the loop, read by any thread. */
final class CallRoster {
  private final Map<String, Participant> participants = new ConcurrentHashMap<>();

  void joined(Joined joined, CallListener listener) {
    joined.getParticipantsList().forEach(participant -> put(participant, listener));
  }

  private void put(Participant participant, CallListener listener) {
    participants.put(participant.getParticipantId(), participant);
    listener.participantUpdated(participant);
  }

  void apply(RosterDelta delta, CallListener listener) {
    delta.getJoinedList().forEach(participant -> put(participant, listener));
    Map<String, CallEndReason> reasons = new LinkedHashMap<>();
    for (Departure gone : delta.getDeparturesList()) {
      reasons.put(
          gone.getParticipantId(), new CallEndReason(gone.getCode(), gone.getSubCode(), ""));
    }
    for (String id : delta.getLeftList()) {
      Participant left = participants.remove(id);
      if (left != null) {
        listener.participantLeft(left, reasons.getOrDefault(id, CallEndReason.HUNG_UP));
      }
    }
    for (TrackChange change : delta.getTracksList()) {
      Participant participant = participants.get(change.getParticipantId());
      if (participant != null) {
        put(changed(participant, change.getTrack()), listener);
      }
    }
  }

  private static Participant changed(Participant participant, Track track) {
    List<Track> tracks = new ArrayList<>(participant.getTracksList());
    tracks.removeIf(known -> known.getTrackId().equals(track.getTrackId()));
    if (track.getState() != TrackState.TRACK_STATE_OFF) {
      tracks.add(track);
    }
    return participant.toBuilder().clearTracks().addAllTracks(tracks).build();
  }

  List<Participant> all() {
    return List.copyOf(participants.values());
  }

  @Nullable Participant find(String participantId) {
    return participants.get(participantId);
  }

  /** The state of a call with these others, for somebody who is connected and holds nothing. */
  static Call.State state(CallKind kind, boolean placed, Collection<Participant> others) {
    boolean answered = !placed;
    boolean rings = false;
    boolean held = false;
    for (Participant other : others) {
      ParticipantState state = other.getState();
      rings |= state == ParticipantState.PARTICIPANT_STATE_RINGING;
      held |= state == ParticipantState.PARTICIPANT_STATE_ON_HOLD;
      answered |=
          state != ParticipantState.PARTICIPANT_STATE_RINGING
              && state != ParticipantState.PARTICIPANT_STATE_CONNECTING
              && state != ParticipantState.PARTICIPANT_STATE_EARLY_MEDIA;
      if (!answered && state == ParticipantState.PARTICIPANT_STATE_EARLY_MEDIA) {
        return Call.State.EARLY_MEDIA;
      }
    }
    if (!answered) {
      return rings ? Call.State.RINGING : Call.State.CONNECTING;
    }
    return held && kind == CallKind.CALL_KIND_ONE_TO_ONE
        ? Call.State.REMOTE_HOLD
        : Call.State.CONNECTED;
  }
}
