package io.vaxel.server.call;

import static io.vaxel.signaling.proto.TrackKind.TRACK_KIND_AUDIO;
import static io.vaxel.signaling.proto.TrackKind.TRACK_KIND_SCREEN_SHARE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.common.token.TokenScope;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.ParticipantRole;
import io.vaxel.signaling.proto.Publish;
import io.vaxel.signaling.proto.PublishedTrack;
import io.vaxel.signaling.proto.ServerMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rooms made over REST, and real calls in them. */
final class RoomTest {
  private static final String V = "?api-version=2025-03-13";
  private static final Pattern ID = Pattern.compile("\"id\":\"(\\d{17})\"");

  @TempDir private Path data;

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  @SuppressWarnings("NullAway.Init")
  private SignedHttp rest;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.start(data);
    rest = new SignedHttp(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String newUser() {
    return server.server().identity().createUser();
  }

  private String tokenOf(String user) throws Exception {
    return server
        .server()
        .identity()
        .issueToken(user, EnumSet.of(TokenScope.VOIP), Duration.ofHours(1))
        .token();
  }

  private String createRoom(String body) throws Exception {
    Matcher id = ID.matcher(rest.call(201, "POST", "/rooms" + V, body));
    assertTrue(id.find());
    return id.group(1);
  }

  private static String participants(String user, String properties) {
    return "{\"participants\":{\"" + user + "\":" + properties + "}}";
  }

  private void setRole(String room, String user, String properties) throws Exception {
    rest.call(200, "PATCH", "/rooms/" + room + "/participants" + V, participants(user, properties));
  }

  private ServerMessage join(RawCaller caller, String room) throws Exception {
    return caller.ask(message -> message.setJoin(Join.newBuilder().setRoomId(room)));
  }

  private RawCaller greeted(String user) throws Exception {
    RawCaller caller = server.connect();
    assertTrue(caller.hello(tokenOf(user)).hasWelcome());
    return caller;
  }

  @Test
  void invitedUsersHearOneAnother() throws Exception {
    String astrid = newUser();
    String birger = newUser();
    String room = createRoom(participants(astrid, "{\"role\":\"Presenter\"}"));
    setRole(room, birger, "{\"role\":\"Consumer\"}");
    try (TestClient speaker = TestClient.joinRoom(server, room, "Astrid", tokenOf(astrid));
        TestClient listener = TestClient.joinRoom(server, room, "Birger", tokenOf(birger))) {
      Stream voice = speaker.publish(TRACK_KIND_AUDIO).getFirst();
      speaker.sendUntil(voice, () -> listener.of(voice).count() >= 20, "is not heard");
      assertEquals(0, listener.of(voice).faults());
    }
  }

  @Test
  void whoIsNotInvitedOrTooEarlyOrInTheWrongPlaceIsTold() throws Exception {
    String astrid = newUser();
    String room = createRoom(participants(astrid, "{}"));
    String later =
        createRoom(
            "{\"validFrom\":\""
                + Instant.now().plusSeconds(3600)
                + "\",\"participants\":{\""
                + astrid
                + "\":{}}}");
    try (RawCaller stranger = greeted(newUser());
        RawCaller caller = greeted(astrid)) {
      assertEquals(5828, join(stranger, room).getError().getSubCode());
      assertEquals(5829, join(caller, later).getError().getSubCode());
      assertEquals(5732, join(caller, "10000000000000000").getError().getSubCode());
      assertEquals(5732, join(caller, "nonsense").getError().getSubCode());
      assertEquals(
          ParticipantRole.PARTICIPANT_ROLE_ATTENDEE, join(caller, room).getJoined().getRole());
    }
  }

  @Test
  void anAttendeeSharesNoScreenUntilPromoted() throws Exception {
    String astrid = newUser();
    String room = createRoom(participants(astrid, "{}"));
    try (RawCaller caller = greeted(astrid)) {
      assertTrue(join(caller, room).hasJoined());
      assertEquals(40305, shareScreen(caller).getError().getSubCode());
      setRole(room, astrid, "{\"role\":\"Presenter\"}");
      ServerMessage told = caller.await(ServerMessage::hasRoleChanged);
      assertEquals(ParticipantRole.PARTICIPANT_ROLE_PRESENTER, told.getRoleChanged().getRole());
      // The role allows it now; the offer is none, which is found out after.
      assertEquals(40009, shareScreen(caller).getError().getSubCode());
    }
  }

  private static ServerMessage shareScreen(RawCaller caller) throws Exception {
    return caller.ask(
        message ->
            message.setPublish(
                Publish.newBuilder()
                    .setSdp("no offer")
                    .addTracks(
                        PublishedTrack.newBuilder().setMid("0").setKind(TRACK_KIND_SCREEN_SHARE))));
  }

  @Test
  void whoIsTakenOffTheRoomIsTakenOutOfTheCall() throws Exception {
    String astrid = newUser();
    String birger = newUser();
    String room = createRoom(participants(astrid, "{}"));
    setRole(room, birger, "{}");
    try (RawCaller caller = greeted(astrid);
        RawCaller other = greeted(birger)) {
      assertTrue(join(caller, room).hasJoined());
      assertTrue(join(other, room).hasJoined());
      setRole(room, birger, "null");
      assertEquals(5317, other.await(ServerMessage::hasCallEnded).getCallEnded().getSubCode());
      ServerMessage left = caller.await(message -> message.getRosterDelta().getLeftCount() > 0);
      assertFalse(left.hasCallEnded());
      assertEquals(5828, join(other, room).getError().getSubCode());
    }
  }

  @Test
  void aRoomThatEndsOrIsDeletedEndsItsCall() throws Exception {
    String astrid = newUser();
    String room = createRoom(participants(astrid, "{}"));
    try (RawCaller caller = greeted(astrid)) {
      assertTrue(join(caller, room).hasJoined());
      rest.call(
          200,
          "PATCH",
          "/rooms/" + room + V,
          "{\"validUntil\":\"" + Instant.now().plusMillis(700) + "\"}");
      assertEquals(5829, caller.await(ServerMessage::hasCallEnded).getCallEnded().getSubCode());
      assertEquals(5829, join(caller, room).getError().getSubCode());
      rest.call(
          200,
          "PATCH",
          "/rooms/" + room + V,
          "{\"validUntil\":\"" + Instant.now().plusSeconds(3600) + "\"}");
      assertTrue(join(caller, room).hasJoined());
      rest.call(204, "DELETE", "/rooms/" + room + V, "");
      assertEquals(5732, caller.await(ServerMessage::hasCallEnded).getCallEnded().getSubCode());
    }
  }
}
