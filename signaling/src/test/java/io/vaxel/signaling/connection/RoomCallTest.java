package io.vaxel.signaling.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.ParticipantRole;
import io.vaxel.signaling.proto.Publish;
import io.vaxel.signaling.proto.PublishedTrack;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TrackKind;
import io.vaxel.signaling.proto.TrackState;
import io.vaxel.signaling.room.RoomAdmission;
import io.vaxel.signaling.room.RoomRole;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls in rooms, from a client's message to its answer. */
class RoomCallTest {
  private static final String ROOM = "99199690362660524";
  private static final Instant OPENS = ConnectionRig.START.minusSeconds(60);
  private static final Instant ENDS = ConnectionRig.START.plusSeconds(600);

  private final ConnectionRig rig = new ConnectionRig();
  private final Map<String, RoomRole> roles = new HashMap<>();

  @AfterEach
  void close() {
    rig.close();
  }

  private RoomAdmission room() {
    return new RoomAdmission(OPENS, ENDS, roles);
  }

  private void invite(String user, RoomRole role) {
    roles.put("8:acs:" + user, role);
    rig.rooms.put(ROOM, room());
  }

  private static ConnectionRig.Peer send(ConnectionRig.Peer peer, String roomId) {
    peer.send(ClientMessage.newBuilder().setJoin(Join.newBuilder().setRoomId(roomId)));
    return peer;
  }

  private ConnectionRig.Peer joined(String user) {
    ConnectionRig.Peer peer = send(rig.welcomed(user), ROOM);
    assertTrue(peer.readOne().hasJoined());
    return peer;
  }

  private static void assertRefused(SignalingError error, ConnectionRig.Peer peer) {
    ServerMessage answer = peer.readOne();
    assertEquals(error.code(), answer.getError().getCode());
    assertEquals(error.subCode(), answer.getError().getSubCode());
  }

  private static void assertEnded(EndReason reason, ConnectionRig.Peer peer) {
    ServerMessage last = peer.read().getLast();
    assertEquals(reason.code(), last.getCallEnded().getCode());
    assertEquals(reason.subCode(), last.getCallEnded().getSubCode());
  }

  private static ServerMessage publish(ConnectionRig.Peer peer, TrackKind... kinds) {
    Publish.Builder publish = Publish.newBuilder().setSdp("offer");
    for (TrackKind kind : kinds) {
      publish.addTracks(
          PublishedTrack.newBuilder().setMid("m" + publish.getTracksCount()).setKind(kind));
    }
    peer.send(ClientMessage.newBuilder().setPublish(publish));
    return peer.read().getFirst();
  }

  @Test
  void whoIsInvitedJoinsWithTheRole() {
    invite("alice", RoomRole.PRESENTER);
    invite("bob", RoomRole.CONSUMER);
    ServerMessage alice = send(rig.welcomed("alice"), ROOM).readOne();
    ServerMessage bob = send(rig.welcomed("bob"), ROOM).readOne();
    assertEquals(ParticipantRole.PARTICIPANT_ROLE_PRESENTER, alice.getJoined().getRole());
    assertEquals(ParticipantRole.PARTICIPANT_ROLE_CONSUMER, bob.getJoined().getRole());
    assertEquals(alice.getJoined().getCallId(), bob.getJoined().getCallId());
  }

  @Test
  void groupCallsHaveNoRoles() {
    ConnectionRig.Peer peer = rig.welcomed("alice");
    peer.join();
    assertEquals(
        ParticipantRole.PARTICIPANT_ROLE_UNSPECIFIED, peer.readOne().getJoined().getRole());
    assertTrue(publish(peer, TrackKind.TRACK_KIND_SCREEN_SHARE).hasPublishAnswer());
  }

  @Test
  void nobodyElseGetsIn() {
    invite("alice", RoomRole.PRESENTER);
    assertRefused(SignalingError.NOT_INVITED, send(rig.welcomed("mallory"), ROOM));
    assertRefused(SignalingError.ROOM_NOT_FOUND, send(rig.welcomed("alice"), "1"));
    rig.now = OPENS.minusMillis(1);
    assertRefused(SignalingError.ROOM_NOT_OPEN, send(rig.welcomed("alice"), ROOM));
    rig.now = ENDS;
    assertRefused(SignalingError.ROOM_NOT_OPEN, send(rig.welcomed("alice"), ROOM));
    rig.rooms.broken(true);
    assertRefused(SignalingError.INTERNAL, send(rig.welcomed("alice"), ROOM));
    assertEquals(0, rig.calls.callCount());
  }

  @Test
  void aRefusedClientMayTryAgainAndOtherRequestsGoOn() {
    ConnectionRig.Peer alice = send(rig.welcomed("alice"), ROOM);
    assertRefused(SignalingError.ROOM_NOT_FOUND, alice);
    invite("alice", RoomRole.ATTENDEE);
    assertTrue(send(alice, ROOM).readOne().hasJoined());
    assertRefused(SignalingError.ALREADY_IN_CALL, send(alice, ROOM));
  }

  @Test
  void whoMayOnlyJoinMayBeginTheCallOfARoomAfterAnInvitation() {
    invite("carol", RoomRole.ATTENDEE);
    ConnectionRig.Peer carol = rig.connect();
    carol.hello("carol voip.join 36000");
    carol.read();
    assertTrue(send(carol, ROOM).readOne().hasJoined());
  }

  @Test
  void rolesSayWhatMayBeSent() {
    Map<RoomRole, List<TrackKind>> allowed =
        Map.of(
            RoomRole.PRESENTER,
            List.of(
                TrackKind.TRACK_KIND_AUDIO,
                TrackKind.TRACK_KIND_VIDEO,
                TrackKind.TRACK_KIND_SCREEN_SHARE),
            RoomRole.COLLABORATOR,
            List.of(
                TrackKind.TRACK_KIND_AUDIO,
                TrackKind.TRACK_KIND_VIDEO,
                TrackKind.TRACK_KIND_SCREEN_SHARE),
            RoomRole.ATTENDEE,
            List.of(TrackKind.TRACK_KIND_AUDIO, TrackKind.TRACK_KIND_VIDEO),
            RoomRole.CONSUMER,
            List.of());
    allowed.forEach(
        (role, kinds) -> {
          invite(role.name(), role);
          ConnectionRig.Peer peer = joined(role.name());
          for (TrackKind kind :
              List.of(
                  TrackKind.TRACK_KIND_AUDIO,
                  TrackKind.TRACK_KIND_VIDEO,
                  TrackKind.TRACK_KIND_SCREEN_SHARE)) {
            ServerMessage answer = publish(peer, kind);
            if (kinds.contains(kind)) {
              assertTrue(answer.hasPublishAnswer(), role + " " + kind);
            } else {
              assertEquals(40305, answer.getError().getSubCode(), role + " " + kind);
            }
          }
        });
  }

  @Test
  void whoIsTakenOffTheRoomIsTakenOutOfTheCall() {
    invite("alice", RoomRole.PRESENTER);
    invite("bob", RoomRole.ATTENDEE);
    ConnectionRig.Peer alice = joined("alice");
    ConnectionRig.Peer bob = joined("bob");
    alice.read();
    roles.remove("8:acs:bob");
    rig.rooms.put(ROOM, room());
    assertEnded(EndReason.REMOVED_FROM_ROOM, bob);
    assertEquals(1, alice.readOne().getRosterDelta().getLeftCount());
    assertRefused(SignalingError.NOT_INVITED, send(bob, ROOM));
  }

  @Test
  void aLesserRoleTakesOffWhatItMayNotSend() {
    invite("alice", RoomRole.PRESENTER);
    invite("bob", RoomRole.PRESENTER);
    ConnectionRig.Peer alice = joined("alice");
    ConnectionRig.Peer bob = joined("bob");
    publish(bob, TrackKind.TRACK_KIND_AUDIO, TrackKind.TRACK_KIND_SCREEN_SHARE);
    bob.read();
    alice.read();
    invite("bob", RoomRole.ATTENDEE);
    List<ServerMessage> told = bob.read();
    assertEquals(
        ParticipantRole.PARTICIPANT_ROLE_ATTENDEE, told.getFirst().getRoleChanged().getRole());
    assertFalse(told.getLast().getSelfChanged().getCapabilitiesList().contains("shareScreen"));
    List<ServerMessage> seen = alice.read();
    assertEquals(
        ParticipantRole.PARTICIPANT_ROLE_ATTENDEE,
        seen.getLast().getRosterDelta().getJoined(0).getRole());
    var change = seen.getFirst().getRosterDelta().getTracksList();
    assertEquals(1, change.size());
    assertEquals(TrackKind.TRACK_KIND_SCREEN_SHARE, change.getFirst().getTrack().getKind());
    assertEquals(TrackState.TRACK_STATE_OFF, change.getFirst().getTrack().getState());
    assertEquals(40305, publish(bob, TrackKind.TRACK_KIND_SCREEN_SHARE).getError().getSubCode());
    assertTrue(publish(bob, TrackKind.TRACK_KIND_VIDEO).hasPublishAnswer());
  }

  @Test
  void theEndOfTheRoomEndsItsCall() {
    invite("alice", RoomRole.PRESENTER);
    ConnectionRig.Peer alice = joined("alice");
    advance(Duration.ofSeconds(599));
    assertFalse(alice.read().stream().anyMatch(ServerMessage::hasCallEnded));
    advance(Duration.ofSeconds(1));
    assertEnded(EndReason.ROOM_CLOSED, alice);
    assertEquals(0, rig.calls.callCount());
  }

  @Test
  void deletingOrShorteningTheRoomEndsItsCall() {
    invite("alice", RoomRole.PRESENTER);
    ConnectionRig.Peer alice = joined("alice");
    rig.rooms.put(ROOM, new RoomAdmission(OPENS, ConnectionRig.START, roles));
    assertEnded(EndReason.ROOM_CLOSED, alice);
    invite("alice", RoomRole.PRESENTER);
    assertTrue(send(alice, ROOM).readOne().hasJoined());
    rig.rooms.remove(ROOM);
    assertEnded(EndReason.ROOM_GONE, alice);
  }

  @Test
  void whatAnotherServerChangesIsSeenWithinAMinute() {
    invite("alice", RoomRole.PRESENTER);
    ConnectionRig.Peer alice = joined("alice");
    roles.clear();
    rig.rooms.putElsewhere(ROOM, room());
    advance(Duration.ofSeconds(59));
    assertTrue(alice.read().isEmpty());
    advance(Duration.ofSeconds(1));
    assertEnded(EndReason.REMOVED_FROM_ROOM, alice);
  }

  @Test
  void aRoomThatCannotBeReadIsReadAgain() {
    invite("alice", RoomRole.PRESENTER);
    ConnectionRig.Peer alice = joined("alice");
    rig.rooms.broken(true);
    roles.clear();
    rig.rooms.put(ROOM, room());
    assertTrue(alice.read().isEmpty());
    rig.rooms.broken(false);
    advance(Duration.ofSeconds(5));
    assertEnded(EndReason.REMOVED_FROM_ROOM, alice);
  }

  @Test
  void whoIsTakenOffWhileJoiningDoesNotStay() {
    invite("alice", RoomRole.PRESENTER);
    ConnectionRig.Peer alice = rig.welcomed("alice");
    rig.holdChecks = true;
    send(alice, ROOM);
    rig.heldChecks.remove().run();
    roles.clear();
    rig.rooms.put(ROOM, room());
    alice.read();
    rig.heldChecks.forEach(Runnable::run);
    assertEnded(EndReason.REMOVED_FROM_ROOM, alice);
  }

  private void advance(Duration time) {
    rig.now = rig.now.plus(time);
    rig.advanceCalls(time);
  }
}
