package io.vaxel.server.call;

import static io.vaxel.signaling.proto.TrackKind.TRACK_KIND_AUDIO;
import static io.vaxel.signaling.proto.TrackKind.TRACK_KIND_SCREEN_SHARE;
import static io.vaxel.signaling.proto.TrackKind.TRACK_KIND_VIDEO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.client.ClientMedia;
import io.vaxel.signaling.proto.TrackState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What participants of a call hear, see and are told. */
final class CallTest {
  private static final int PACKETS = 60;

  @TempDir private Path data;

  private final String groupId = UUID.randomUUID().toString();

  /** Sends on {@code stream} until {@code receivers} have many packets, and checks each of them. */
  private static void arrives(TestClient sender, Stream stream, List<TestClient> receivers)
      throws Exception {
    sender.sendUntil(
        stream,
        () -> receivers.stream().allMatch(to -> to.of(stream).count() >= PACKETS),
        "not everybody receives");
    long last = stream.sent() - 1;
    for (TestClient receiver : receivers) {
      Numbers numbers = receiver.of(stream);
      Until.holds(() -> numbers.has(last), () -> "the last packet does not arrive");
      assertTrue(numbers.hasAll(numbers.lowest(), last), "a packet is missing");
      assertEquals(0, numbers.faults(), "a packet was changed or came twice");
      assertEquals(0, numbers.holes(), "the server's sequence numbers have a hole");
    }
  }

  private static void callOfTwo(TestServer server, String groupId) throws Exception {
    try (TestClient astrid = server.join(groupId, "Astrid");
        TestClient birger = server.join(groupId, "Birger")) {
      for (Stream stream : astrid.publish(TRACK_KIND_AUDIO, TRACK_KIND_VIDEO)) {
        arrives(astrid, stream, List.of(birger));
      }
      for (Stream stream : birger.publish(TRACK_KIND_AUDIO, TRACK_KIND_VIDEO)) {
        arrives(birger, stream, List.of(astrid));
      }
    }
  }

  @Test
  void twoHearAndSeeOneAnother() throws Exception {
    try (TestServer server = TestServer.start(data)) {
      callOfTwo(server, groupId);
    }
  }

  @Test
  void aCallRunsOverTcpWhereUdpIsOff() throws Exception {
    try (TestServer server =
        TestServer.start(data, Map.of("media.udp", false), ClientMedia.newOverTcp())) {
      callOfTwo(server, groupId);
      assertEquals(0, server.usage().received(), "something came over UDP");
    }
  }

  @Test
  void overTcpAndOverUdpMeet() throws Exception {
    try (TestServer server = TestServer.start(data, Map.of(), ClientMedia.newOverTcp());
        ClientMedia udp = new ClientMedia()) {
      try (TestClient tcpSide = server.join(groupId, "Astrid");
          TestClient udpSide = TestClient.join(server, udp, groupId, "Birger", server.newToken())) {
        arrives(tcpSide, tcpSide.publish(TRACK_KIND_VIDEO).getFirst(), List.of(udpSide));
        arrives(udpSide, udpSide.publish(TRACK_KIND_VIDEO).getFirst(), List.of(tcpSide));
      }
    }
  }

  @Test
  void threeHearAndSeeOneAnotherAndASharedScreen() throws Exception {
    try (TestServer server = TestServer.start(data)) {
      List<TestClient> all = new ArrayList<>();
      for (String name : List.of("Astrid", "Birger", "Cecilia")) {
        all.add(server.join(groupId, name));
      }
      for (TestClient sender : all) {
        List<TestClient> others = all.stream().filter(other -> !other.equals(sender)).toList();
        for (Stream stream :
            sender.publish(TRACK_KIND_AUDIO, TRACK_KIND_VIDEO, TRACK_KIND_SCREEN_SHARE)) {
          arrives(sender, stream, others);
        }
      }
      for (TestClient client : all) {
        client.close();
      }
    }
  }

  @Test
  void mutingStopsForwardingAndUnmutingGoesOnWithoutAHole() throws Exception {
    try (TestServer server = TestServer.start(data);
        TestClient astrid = server.join(groupId, "Astrid");
        TestClient birger = server.join(groupId, "Birger")) {
      List<Stream> streams = astrid.publish(TRACK_KIND_AUDIO, TRACK_KIND_VIDEO);
      for (Stream stream : streams) {
        Stream other = streams.get(1 - streams.indexOf(stream));
        arrives(astrid, stream, List.of(birger));
        long lastBefore = stream.sent() - 1;
        astrid.setMuted(stream, true);
        Until.holds(
            () -> birger.stateOf(stream.track().trackId()) == TrackState.TRACK_STATE_MUTED,
            () -> "the mute is not told");
        for (int i = 0; i < PACKETS; i++) {
          astrid.onLoop(stream::sendFrame);
        }
        long lastMuted = stream.sent() - 1;
        // What comes through on the other track has overtaken nothing: both take the same way.
        long fence = other.sent();
        astrid.sendUntil(
            other, () -> birger.of(other).highest() >= fence, "the other track was muted too");
        astrid.setMuted(stream, false);
        Numbers numbers = birger.of(stream);
        astrid.sendUntil(
            stream, () -> numbers.highest() > lastMuted + PACKETS, "nothing after unmuting");
        for (long number = lastBefore + 1; number <= lastMuted; number++) {
          assertFalse(numbers.has(number), "a packet of the mute was forwarded");
        }
        long last = stream.sent() - 1;
        Until.holds(() -> numbers.has(last), () -> "the last packet does not arrive");
        assertEquals(0, numbers.holes(), "the server's sequence numbers have a hole");
        assertEquals(0, numbers.faults());
      }
    }
  }

  @Test
  void whoLeavesOrVanishesDisappears() throws Exception {
    try (TestServer server = TestServer.start(data);
        TestClient astrid = server.join(groupId, "Astrid");
        TestClient birger = server.join(groupId, "Birger");
        TestClient cecilia = server.join(groupId, "Cecilia")) {
      birger.publish(TRACK_KIND_AUDIO);
      cecilia.publish(TRACK_KIND_VIDEO);
      Until.holds(
          () -> astrid.others().equals(List.of("Birger", "Cecilia")),
          () -> "sees " + astrid.others());
      birger.leave();
      Until.holds(
          () -> astrid.others().equals(List.of("Cecilia")), () -> "sees " + astrid.others());
      cecilia.agent().vanish();
      Until.holds(() -> astrid.others().isEmpty(), () -> "sees " + astrid.others());
      Until.holds(
          () -> server.usage().transports() == 0 || server.usage().transports() == 1,
          () -> "connections of those who left are open: " + server.usage());
    }
  }

  @Test
  void whoSpeaksIsTold() throws Exception {
    try (TestServer server = TestServer.start(data);
        TestClient astrid = server.join(groupId, "Astrid");
        TestClient birger = server.join(groupId, "Birger")) {
      Stream loud = astrid.publish(TRACK_KIND_AUDIO).getFirst();
      Stream silent = birger.publish(TRACK_KIND_AUDIO).getFirst();
      astrid.onLoop(() -> loud.track().level(15));
      birger.onLoop(() -> silent.track().level(127));
      astrid.sendUntil(
          loud,
          () -> {
            birger.onLoop(silent::sendFrame);
            return birger.wasToldSpeakers(List.of(astrid.participantId()));
          },
          "is not named as the speaker");
      astrid.setMuted(loud, true);
      Until.holds(
          () -> birger.wasToldSpeakers(List.of()), () -> "a muted speaker goes on to be named");
      assertFalse(birger.wasToldSpeakers(List.of(birger.participantId())));
    }
  }

  @Test
  void oneUserIsWelcomeOnTwoDevices() throws Exception {
    try (TestServer server = TestServer.start(data)) {
      String token = server.newToken();
      try (TestClient phone = TestClient.join(server, groupId, "Phone", token);
          TestClient laptop = TestClient.join(server, groupId, "Laptop", token)) {
        Until.holds(() -> phone.others().equals(List.of("Laptop")), () -> "devices do not meet");
        assertEquals(List.of("Phone"), laptop.others());
        arrives(phone, phone.publish(TRACK_KIND_AUDIO).getFirst(), List.of(laptop));
      }
    }
  }
}
