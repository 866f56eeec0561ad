package io.vaxel.signaling.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.ByteString;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.vaxel.common.token.TokenRevocations.Revocation;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.connection.ConnectionRig.Peer;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Hello;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.Leave;
import io.vaxel.signaling.proto.Notice;
import io.vaxel.signaling.proto.Ping;
import io.vaxel.signaling.proto.Publish;
import io.vaxel.signaling.proto.RenewToken;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.Welcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CallingConnectionTest {
  private static final ClientMessage PING =
      ClientMessage.newBuilder().setRequestId(7).setPing(Ping.getDefaultInstance()).build();

  private final ConnectionRig rig = new ConnectionRig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static ClientMessage.Builder ping() {
    return ClientMessage.newBuilder().setPing(Ping.getDefaultInstance());
  }

  private static void assertError(SignalingError error, long inReplyTo, ServerMessage message) {
    assertEquals(error.subCode(), message.getError().getSubCode(), message.toString());
    assertEquals(error.code(), message.getError().getCode());
    assertEquals(inReplyTo, message.getInReplyTo());
  }

  /** The error is the last thing that is said, and the socket closes. */
  private static void assertFails(SignalingError error, long inReplyTo, Peer peer) {
    List<ServerMessage> messages = peer.read();
    assertError(error, inReplyTo, messages.getLast());
    assertEquals("error " + error.subCode(), goodbye(peer));
    assertFalse(peer.isOpen());
  }

  private static String goodbye(Peer peer) {
    if (peer.goodbye == null) {
      throw new AssertionError("no close frame");
    }
    return peer.goodbye;
  }

  @Test
  void welcomesAGoodToken() {
    Peer peer = rig.connect();
    long request = peer.hello("alice voip 3600");
    ServerMessage message = peer.readOne();
    assertEquals(request, message.getInReplyTo());
    Welcome welcome = message.getWelcome();
    assertEquals("8:acs:alice", welcome.getUserId());
    assertEquals("1.2.3", welcome.getServerVersion());
    assertEquals(10_000, welcome.getPingIntervalMs());
    assertFalse(welcome.getConnectionId().isEmpty());
    assertEquals("", welcome.getSdkSunset());
    assertEquals(1, rig.endpoint.connectionCount());
    peer.disconnect();
    assertEquals(0, rig.endpoint.connectionCount());
  }

  @Test
  void closesWhenHelloIsLate() {
    Peer peer = rig.connect();
    peer.advance(Duration.ofMillis(9_999));
    assertTrue(peer.isOpen());
    peer.advance(Duration.ofMillis(1));
    assertFails(SignalingError.HELLO_TIMEOUT, 0, peer);
  }

  @Test
  void closesWhenTheTokenCannotBeCheckedInTime() {
    rig.holdChecks = true;
    Peer peer = rig.connect();
    peer.hello("alice voip 3600");
    peer.advance(Duration.ofSeconds(10));
    assertFails(SignalingError.HELLO_TIMEOUT, 0, peer);
    rig.heldChecks.remove().run();
    assertEquals(List.of(), peer.read());
  }

  @Test
  void refusesTokensThatAreNotGoodEnough() {
    record Case(String token, SignalingError error) {}
    for (Case wrong :
        List.of(
            new Case("", SignalingError.TOKEN_INVALID),
            new Case("forged", SignalingError.TOKEN_INVALID),
            new Case("alice voip 0", SignalingError.TOKEN_EXPIRED),
            new Case("alice chat 3600", SignalingError.SCOPE_MISSING),
            new Case("broken database", SignalingError.INTERNAL))) {
      Peer peer = rig.connect();
      long request = peer.hello(wrong.token);
      assertFails(wrong.error, request, peer);
    }
  }

  @Test
  void neverLogsAToken() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger root = (Logger) LoggerFactory.getLogger("io.vaxel");
    root.addAppender(lines);
    try {
      rig.connect().hello("secret-token");
      rig.connect().hello("broken database");
    } finally {
      root.detachAppender(lines);
    }
    assertEquals(1, lines.list.size(), "the broken database is logged");
    assertFalse(lines.list.toString().contains("secret-token"));
    assertFalse(lines.list.toString().contains("broken database"));
  }

  @Test
  void refusesAnythingBeforeWelcome() {
    Peer peer = rig.connect();
    assertFails(SignalingError.HELLO_EXPECTED, peer.send(ping()), peer);

    rig.holdChecks = true;
    Peer hasty = rig.connect();
    hasty.hello("alice voip 3600");
    assertFails(SignalingError.HELLO_EXPECTED, hasty.join(), hasty);
    rig.heldChecks.remove().run();
    assertEquals(List.of(), hasty.read());
  }

  @Test
  void refusesMoreChecksAtOnceThanAllowed() {
    ConnectionLimits d = ConnectionLimits.defaults();
    ConnectionRig narrow =
        new ConnectionRig(
            new ConnectionLimits(
                d.helloTimeout(),
                d.pingInterval(),
                d.messageBytes(),
                d.messagesPerSecond(),
                d.burst(),
                d.refusedPerSecond(),
                d.refusedBurst(),
                d.waiting(),
                d.outputBytes(),
                1));
    narrow.holdChecks = true;
    Peer first = narrow.connect();
    first.hello("alice voip 3600");
    Peer second = narrow.connect();
    assertFails(SignalingError.SERVER_BUSY, second.hello("bob voip 3600"), second);
    narrow.heldChecks.remove().run();
    assertTrue(first.readOne().hasWelcome());
    Peer third = narrow.connect();
    third.hello("carol voip 3600");
    narrow.heldChecks.remove().run();
    assertTrue(third.readOne().hasWelcome());
    narrow.close();
  }

  @Test
  void refusesLongNames() {
    Peer peer = rig.connect();
    long request =
        peer.send(
            ClientMessage.newBuilder()
                .setHello(Hello.newBuilder().setToken("a voip 9").setDisplayName("x".repeat(257))));
    assertFails(SignalingError.INVALID_DISPLAY_NAME, request, peer);
    Peer other = rig.connect();
    request =
        other.send(
            ClientMessage.newBuilder()
                .setHello(Hello.newBuilder().setToken("a voip 9").setSdkName("x".repeat(65))));
    assertFails(SignalingError.INVALID_SDK, request, other);
  }

  @Test
  void tellsOldLibrariesWhenTheyEnd() {
    Peer peer = rig.connect();
    Hello hello =
        Hello.newBuilder()
            .setToken("alice voip 3600")
            .setSdkName("old-sdk")
            .setSdkVersion("1.1.7")
            .build();
    peer.send(ClientMessage.newBuilder().setHello(hello));
    List<ServerMessage> messages = peer.read();
    assertEquals("2027-02-01", messages.getFirst().getWelcome().getSdkSunset());
    assertEquals(Notice.Kind.SDK_DEPRECATED, messages.getLast().getNotice().getKind());

    Peer retired = rig.connect();
    long request =
        retired.send(ClientMessage.newBuilder().setHello(hello.toBuilder().setSdkVersion("1.0.0")));
    assertFails(SignalingError.SDK_RETIRED, request, retired);
  }

  @Test
  void refusesASecondHelloAndGoesOn() {
    Peer peer = rig.welcomed("alice");
    assertError(SignalingError.ALREADY_GREETED, peer.hello("a voip 9"), peer.readOne());
    long request = peer.send(ping());
    assertEquals(request, peer.readOne().getInReplyTo());
  }

  @Test
  void answersPings() {
    Peer peer = rig.welcomed("alice");
    long request = peer.send(ping());
    ServerMessage pong = peer.readOne();
    assertTrue(pong.hasPong());
    assertEquals(request, pong.getInReplyTo());
  }

  @Test
  void closesASilentConnectionAfterThreeIntervals() {
    Peer peer = rig.welcomed("alice");
    peer.join();
    peer.read();
    peer.advance(Duration.ofSeconds(29));
    peer.send(ping());
    peer.advance(Duration.ofMillis(29_999));
    assertTrue(peer.isOpen());
    peer.advance(Duration.ofMillis(1));
    peer.read();
    assertFalse(peer.isOpen());
    assertEquals("silent for too long", goodbye(peer));
    assertEquals(0, rig.calls.callCount());
  }

  @Test
  void endsTheCallWhenTheTokenExpires() {
    Peer peer = rig.connect();
    peer.hello("alice voip 25");
    peer.join();
    peer.read();
    peer.advance(Duration.ofSeconds(24));
    assertEquals(List.of(), peer.read());
    peer.advance(Duration.ofSeconds(1));
    List<ServerMessage> messages = peer.read();
    assertEquals(401, messages.getFirst().getCallEnded().getCode());
    assertEquals(40103, messages.getFirst().getCallEnded().getSubCode());
    assertError(SignalingError.TOKEN_EXPIRED, 0, messages.getLast());
    assertFalse(peer.isOpen());
    assertEquals(0, rig.calls.callCount());
  }

  @Test
  void asksTheWallClockAgainBeforeATokenExpires() {
    Peer peer = rig.connect();
    peer.hello("alice voip 25");
    peer.read();
    peer.advance(Duration.ofSeconds(5));
    peer.tick(Duration.ofSeconds(20));
    assertTrue(peer.isOpen(), "the clock was set back meanwhile");
    peer.send(ping());
    peer.advance(Duration.ofSeconds(20));
    assertFails(SignalingError.TOKEN_EXPIRED, 0, peer);
  }

  @Test
  void renewsTheTokenOfTheSameUser() {
    Peer peer = rig.connect();
    peer.hello("alice voip 20");
    peer.read();
    for (String refused : List.of("bob voip 3600", "alice chat 3600", "forged")) {
      long request =
          peer.send(
              ClientMessage.newBuilder().setRenewToken(RenewToken.newBuilder().setToken(refused)));
      assertError(SignalingError.RENEWAL_REFUSED, request, peer.readOne());
    }
    long request =
        peer.send(
            ClientMessage.newBuilder()
                .setRenewToken(RenewToken.newBuilder().setToken("alice voip 40")));
    ServerMessage done = peer.readOne();
    assertTrue(done.hasDone());
    assertEquals(request, done.getInReplyTo());
    peer.advance(Duration.ofSeconds(21));
    peer.send(ping());
    assertTrue(peer.readOne().hasPong());
    peer.advance(Duration.ofSeconds(19));
    assertFails(SignalingError.TOKEN_EXPIRED, 0, peer);
  }

  @Test
  void endsTheCallWhenTheTokenIsRevoked() {
    Peer peer = rig.connect();
    peer.hello("alice voip 3600");
    peer.join();
    Peer other = rig.welcomed("bob");
    peer.read();
    rig.revoked.add("alice voip 3600");
    rig.endpoint.heard(new Revocation("resource", "8:acs:alice"));
    List<ServerMessage> last = peer.read();
    assertEquals(40105, last.getFirst().getCallEnded().getSubCode());
    assertError(SignalingError.TOKEN_REVOKED, 0, last.getLast());
    assertEquals("error 40105", peer.goodbye);
    assertEquals(0, rig.calls.callCount());
    other.send(ping());
    assertTrue(other.readOne().hasPong());
  }

  @Test
  void goesOnWhenTheTokenIsStillGood() {
    Peer peer = rig.welcomed("alice");
    rig.revoked.add("alice voip 36000");
    rig.endpoint.heard(new Revocation("resource", "8:acs:bob"));
    rig.endpoint.heard(new Revocation("other", null));
    assertTrue(peer.read().isEmpty());
    rig.revoked.clear();
    rig.endpoint.heard(new Revocation("resource", null));
    assertTrue(peer.read().isEmpty());
    assertTrue(peer.isOpen());
    rig.revoked.add("alice voip 36000");
    rig.endpoint.heard(new Revocation("resource", null));
    assertFails(SignalingError.TOKEN_REVOKED, 0, peer);
  }

  @Test
  void noticesARevocationBetweenTheCheckAndWelcome() {
    rig.holdChecks = true;
    Peer peer = rig.connect();
    peer.hello("alice voip 3600");
    rig.endpoint.heard(new Revocation("resource", "8:acs:alice"));
    peer.read();
    rig.heldChecks.remove().run();
    assertTrue(peer.readOne().hasWelcome());
    rig.revoked.add("alice voip 3600");
    rig.heldChecks.remove().run();
    assertFails(SignalingError.TOKEN_REVOKED, 0, peer);
  }

  @Test
  void refusesMessagesOfAFutureProtocolAndGoesOn() {
    Peer peer = rig.welcomed("alice");
    peer.sendBytes(
        ClientMessage.newBuilder()
            .setRequestId(9)
            .setUnknownFields(
                com.google.protobuf.UnknownFieldSet.newBuilder()
                    .addField(
                        500,
                        com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("new"))
                            .build())
                    .build())
            .build()
            .toByteArray());
    assertError(SignalingError.UNKNOWN_MESSAGE, 9, peer.readOne());
    assertTrue(peer.isOpen());
  }

  @Test
  void refusesARequestWithoutAnId() {
    Peer peer = rig.welcomed("alice");
    peer.sendBytes(ping().build().toByteArray());
    assertError(SignalingError.INVALID_REQUEST_ID, 0, peer.readOne());
    assertTrue(peer.isOpen());
  }

  @Test
  void closesOnMalformedMessages() {
    Peer peer = rig.welcomed("alice");
    peer.sendBytes(new byte[] {(byte) 0xFF, 1, 2});
    assertFails(SignalingError.MALFORMED_MESSAGE, 0, peer);
    Peer text = rig.welcomed("bob");
    text.sendFrame(new TextWebSocketFrame("hello?"));
    assertFails(SignalingError.MALFORMED_MESSAGE, 0, text);
  }

  @Test
  void closesOnOversizedMessages() {
    Peer peer = rig.welcomed("alice");
    peer.sendFrame(new BinaryWebSocketFrame(Unpooled.buffer().writeZero((256 << 10) + 1)));
    assertFails(SignalingError.MESSAGE_TOO_LARGE, 0, peer);
    assertEquals(256 << 10, rig.endpoint.maxMessageBytes());
  }

  @Test
  void refusesAFloodAndClosesWhenItGoesOn() {
    Peer peer = rig.welcomed("alice");
    int pongs = 0;
    int refused = 0;
    for (int i = 0; i < 299; i++) {
      peer.sendBytes(PING.toByteArray());
    }
    for (ServerMessage message : peer.read()) {
      if (message.hasPong()) {
        pongs++;
      } else {
        assertError(SignalingError.TOO_MANY_MESSAGES, 7, message);
        refused++;
      }
    }
    assertEquals(99, pongs, "Hello was the first of a hundred");
    assertEquals(200, refused);
    peer.tick(Duration.ofMillis(20));
    peer.sendBytes(PING.toByteArray());
    assertTrue(peer.readOne().hasPong(), "50 a second");
    peer.sendBytes(PING.toByteArray());
    assertFails(SignalingError.TOO_MANY_MESSAGES, 7, peer);
  }

  @Test
  void countsLargeMessagesAsSeveral() {
    Peer peer = rig.welcomed("alice");
    String sdp = "x".repeat(160 << 10);
    List<ServerMessage> messages = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      peer.send(ClientMessage.newBuilder().setPublish(Publish.newBuilder().setSdp(sdp)));
      messages.addAll(peer.read());
    }
    assertEquals(
        9,
        messages.stream()
            .filter(m -> m.getError().getSubCode() == SignalingError.NOT_IN_CALL.subCode())
            .count());
    assertError(SignalingError.TOO_MANY_MESSAGES, 11, messages.getLast());
  }

  @Test
  void refusesASecondJoinAndStaysInTheCall() {
    Peer peer = rig.welcomed("alice");
    peer.join();
    assertTrue(peer.readOne().hasJoined());
    assertError(SignalingError.ALREADY_IN_CALL, peer.join(), peer.readOne());
    assertEquals(1, rig.calls.participantCount());
  }

  @Test
  void sameUserJoinsOnASecondConnection() {
    Peer phone = rig.welcomed("alice");
    phone.join();
    phone.read();
    Peer laptop = rig.welcomed("alice");
    laptop.join();
    assertEquals(1, laptop.readOne().getJoined().getParticipantsCount());
    assertEquals(2, rig.calls.participantCount());
  }

  @Test
  void refusesCallRequestsOutsideOfACall() {
    Peer peer = rig.welcomed("alice");
    long request = peer.send(ClientMessage.newBuilder().setLeave(Leave.getDefaultInstance()));
    assertError(SignalingError.NOT_IN_CALL, request, peer.readOne());
    request =
        peer.send(ClientMessage.newBuilder().setJoin(Join.newBuilder().setGroupId("not a uuid")));
    assertError(SignalingError.INVALID_GROUP_ID, request, peer.readOne());
    request = peer.send(ClientMessage.newBuilder().setPublish(Publish.getDefaultInstance()));
    assertError(SignalingError.NOT_IN_CALL, request, peer.readOne());
  }

  @Test
  void answersStrictlyInOrderHoweverFastTheClientAsks() {
    Peer peer = rig.welcomed("alice");
    long first = peer.join();
    peer.send(ping());
    peer.send(ClientMessage.newBuilder().setPublish(Publish.newBuilder().setSdp("offer")));
    peer.send(ClientMessage.newBuilder().setLeave(Leave.getDefaultInstance()));
    peer.join();
    peer.send(ping());
    peer.send(ClientMessage.newBuilder().setLeave(Leave.getDefaultInstance()));
    long last = peer.send(ping());

    List<ServerMessage> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.addAll(peer.read());
    }
    assertEquals(
        LongStream.rangeClosed(first, last).boxed().toList(),
        answers.stream().map(ServerMessage::getInReplyTo).toList());
    assertEquals(
        List.of("JOINED", "PONG", "PUBLISH_ANSWER", "LEFT", "JOINED", "PONG", "LEFT", "PONG"),
        answers.stream().map(m -> m.getBodyCase().name()).toList());
  }

  @Test
  void refusesMoreWaitingRequestsThanAllowed() {
    ConnectionLimits d = ConnectionLimits.defaults();
    ConnectionRig narrow =
        new ConnectionRig(
            new ConnectionLimits(
                d.helloTimeout(),
                d.pingInterval(),
                d.messageBytes(),
                d.messagesPerSecond(),
                d.burst(),
                d.refusedPerSecond(),
                d.refusedBurst(),
                2,
                d.outputBytes(),
                d.checksAtOnce()));
    Peer peer = narrow.welcomed("alice");
    peer.join();
    peer.send(ping());
    peer.send(ping());
    long tooMany = peer.send(ping());
    List<ServerMessage> messages = peer.read();
    assertError(SignalingError.TOO_MANY_WAITING, tooMany, messages.getFirst());
    assertEquals(4, messages.size());
    narrow.close();
  }

  @Test
  void leavesTheCallWhenTheSocketIsLost() {
    Peer alice = rig.welcomed("alice");
    alice.join();
    alice.read();
    Peer bob = rig.welcomed("bob");
    bob.join();
    bob.read();
    alice.read();
    alice.disconnect();
    rig.runCalls();
    assertEquals(1, bob.readOne().getRosterDelta().getLeftCount());
    bob.disconnect();
    rig.runCalls();
    assertEquals(0, rig.calls.callCount());
    assertEquals(0, rig.media.openCount());
    assertEquals(0, rig.endpoint.connectionCount());
  }

  @Test
  void leavesNoGhostWhenTheSocketIsLostBeforeTheJoinRan() {
    Peer peer = rig.welcomed("alice");
    peer.join();
    peer.disconnect();
    rig.runCalls();
    assertEquals(0, rig.calls.callCount());
  }

  @Test
  void cutsOffASlowReader() {
    ConnectionLimits d = ConnectionLimits.defaults();
    ConnectionRig narrow =
        new ConnectionRig(
            new ConnectionLimits(
                d.helloTimeout(),
                d.pingInterval(),
                d.messageBytes(),
                d.messagesPerSecond(),
                d.burst(),
                d.refusedPerSecond(),
                d.refusedBurst(),
                d.waiting(),
                100,
                d.checksAtOnce()));
    Peer slow = narrow.connect();
    slow.stopReading();
    slow.hello("alice voip 3600");
    assertTrue(slow.isOpen());
    for (int i = 0; i < 30 && slow.isOpen(); i++) {
      slow.send(ping());
    }
    assertFalse(slow.isOpen());
    assertEquals(0, narrow.endpoint.connectionCount());
    narrow.close();
  }

  @Test
  void closesThoughTheGoodbyeIsNeverRead() {
    Peer peer = rig.welcomed("alice");
    peer.join();
    peer.read();
    peer.stopReading();
    peer.sendFrame(new TextWebSocketFrame("hello?"));
    rig.runCalls();
    assertEquals(0, rig.calls.callCount());
    assertTrue(peer.isOpen());
    peer.advance(Duration.ofSeconds(10));
    assertFalse(peer.isOpen());
  }

  @Test
  void saysGoodbyeWhenTheServerStops() {
    Peer peer = rig.welcomed("alice");
    peer.join();
    peer.read();
    rig.endpoint.stop();
    List<ServerMessage> messages = peer.read();
    assertEquals(503, messages.getFirst().getCallEnded().getCode());
    assertEquals(Notice.Kind.SERVER_STOPPING, messages.getLast().getNotice().getKind());
    assertEquals(2, messages.size());
    assertFalse(peer.isOpen());
    assertEquals(0, rig.calls.callCount());
  }
}
