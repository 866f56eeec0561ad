package io.vaxel.signaling.call;

import io.vaxel.signaling.proto.Track;
import io.vaxel.signaling.proto.TrackChange;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.proto.TrackState;

/** A published track of a call. Used on the call's loop. */
final class CallTrack {
  private final String id;
  private final TrackKind kind;
  private final String ownerId;
  private TrackState state;

  CallTrack(String id, TrackKind kind, String ownerId, TrackState state) {
    this.id = id;
    this.kind = kind;
    this.ownerId = ownerId;
    this.state = state;
  }

  String id() {
    return id;
  }

  TrackKind kind() {
    return kind;
  }

  /** The participant who publishes it. */
  String ownerId() {
    return ownerId;
  }

  TrackState state() {
    return state;
  }

  void state(TrackState state) {
    this.state = state;
  }

  Track toProto() {
    return Track.newBuilder().setTrackId(id).setKind(kind).setState(state).build();
  }

  TrackChange toChange() {
    return TrackChange.newBuilder().setParticipantId(ownerId).setTrack(toProto()).build();
  }
}
