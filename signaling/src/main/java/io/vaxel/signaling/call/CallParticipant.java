package io.vaxel.signaling.call;

import io.vaxel.signaling.proto.Participant;
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
  private final Map<String, CallTrack> tracks = new LinkedHashMap<>();
  private @Nullable RoomRole role;

  CallParticipant(
      String id,
      CallUser user,
      @Nullable RoomRole role,
      ParticipantConnection connection,
      Publication publication,
      Subscriptions subscriptions) {
    this.id = id;
    this.user = user;
    this.role = role;
    this.connection = connection;
    this.publication = publication;
    this.subscriptions = subscriptions;
  }

  String id() {
    return id;
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

  /** Whether it may publish tracks of a kind. */
  boolean mayPublish(TrackKind kind) {
    return role == null
        || switch (kind) {
          case TRACK_KIND_SCREEN_SHARE -> role.mayShareScreen();
          default -> role.maySpeak();
        };
  }

  Publication publication() {
    return publication;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  /** What it publishes, by track id, in the order of publication. */
  Map<String, CallTrack> tracks() {
    return tracks;
  }

  void send(ServerMessage message) {
    connection.send(message);
  }

  void released() {
    connection.released();
  }

  Participant toProto() {
    Participant.Builder builder =
        Participant.newBuilder()
            .setParticipantId(id)
            .setUserId(user.userId())
            .setDisplayName(user.displayName());
    tracks.values().forEach(track -> builder.addTracks(track.toProto()));
    return builder.build();
  }
}
