package io.vaxel.signaling.call;

import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.ParticipantState;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.room.RoomRole;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One device in a call: who it is, what it publishes, what it receives. Used on the call's loop.
 */
final class CallParticipant {
  private final String id;
  private final CallUser user;
  private final ParticipantConnection connection;
  private final Publication publication;
  private final Subscriptions subscriptions;
  private final ModalityWatch modality;
  private final Map<String, CallTrack> tracks = new LinkedHashMap<>();
  private @Nullable RoomRole role;
  private boolean waiting;
  private boolean absent;
  private boolean onHold;
  private boolean audioForbidden;
  private boolean videoForbidden;
  private int raisedHand;

  CallParticipant(
      String id,
      CallUser user,
      @Nullable RoomRole role,
      ParticipantConnection connection,
      Publication publication,
      Subscriptions subscriptions,
      ModalityWatch modality) {
    this.id = id;
    this.user = user;
    this.role = role;
    this.connection = connection;
    this.publication = publication;
    this.subscriptions = subscriptions;
    this.modality = modality;
  }

  String id() {
    return id;
  }

  CallUser user() {
    return user;
  }

  String userId() {
    return user.userId();
  }

  /** What it may do in a room's call; null in other calls, where everybody may do everything. */
  @Nullable RoomRole role() {
    return role;
  }

  void role(RoomRole newRole) {
    role = newRole;
  }

  /** Whether its role lets it publish tracks of a kind. */
  boolean mayPublish(TrackKind kind) {
    return role == null
        || switch (kind) {
          case TRACK_KIND_SCREEN_SHARE -> role.mayShareScreen();
          default -> role.maySpeak();
        };
  }

  /** Whether somebody forbade it a kind of media. */
  boolean isForbidden(TrackKind kind) {
    return kind == TrackKind.TRACK_KIND_AUDIO ? audioForbidden : videoForbidden;
  }

  void audioForbidden(boolean forbidden) {
    audioForbidden = forbidden;
  }

  void videoForbidden(boolean forbidden) {
    videoForbidden = forbidden;
  }

  /** Whether it waits in the lobby. */
  boolean isWaiting() {
    return waiting;
  }

  void waiting(boolean inLobby) {
    waiting = inLobby;
  }

  /** Whether media and signalling are lost. */
  boolean isAbsent() {
    return absent;
  }

  void absent(boolean lost) {
    absent = lost;
  }

  /** Whether it holds the call. */
  boolean isOnHold() {
    return onHold;
  }

  void onHold(boolean hold) {
    onHold = hold;
  }

  /** When it raised its hand, compared with others; zero is not at all. */
  int raisedHand() {
    return raisedHand;
  }

  void raisedHand(int order) {
    raisedHand = order;
  }

  /** Whether media of it can flow now, in any direction. */
  boolean hasMedia() {
    return publication.isConnected() || subscriptions.isConnected();
  }

  Publication publication() {
    return publication;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  /** Video and shares that have not come about yet. */
  ModalityWatch modality() {
    return modality;
  }

  /** What it publishes, by track id, in the order of publication. */
  Map<String, CallTrack> tracks() {
    return tracks;
  }

  void send(ServerMessage message) {
    connection.send(message);
  }

  void released(@Nullable ServerMessage farewell) {
    connection.released(farewell);
  }

  Participant toProto() {
    Participant.Builder builder =
        Participant.newBuilder()
            .setParticipantId(id)
            .setUserId(user.userId())
            .setDisplayName(user.displayName())
            .setState(state())
            .setRole(RoomRoles.toProto(role))
            .setRaisedHand(raisedHand)
            .setAudioForbidden(audioForbidden)
            .setVideoForbidden(videoForbidden);
    tracks.values().forEach(track -> builder.addTracks(track.toProto()));
    return builder.build();
  }

  /** What others see. */
  ParticipantState state() {
    if (waiting) {
      return ParticipantState.PARTICIPANT_STATE_IN_LOBBY;
    }
    if (absent) {
      return ParticipantState.PARTICIPANT_STATE_RECONNECTING;
    }
    return onHold
        ? ParticipantState.PARTICIPANT_STATE_ON_HOLD
        : ParticipantState.PARTICIPANT_STATE_CONNECTED;
  }
}
