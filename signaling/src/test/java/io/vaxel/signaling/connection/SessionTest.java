package io.vaxel.signaling.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import io.vaxel.signaling.proto.PlaceCall;
import io.vaxel.signaling.proto.RenewToken;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.Welcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Sessions that outlive their socket, on virtual time. */
class SessionTest {
  private static final String TOKEN = "alice voip 36000";
  private static final Duration RECONNECT = Duration.ofMinutes(2);

  private ConnectionRig rig = new ConnectionRig();
  private String resumeToken = "";

  @AfterEach
  void everythingIsGivenBack() {
    rig.close();
    assertEquals(0, rig.endpoint.sessionCount());
    assertEquals(0, rig.endpoint.waitingSessionCount());
    assertEquals(0, rig.endpoint.sessionMemoryBytes());
    assertEquals(0, rig.calls.callCount());
    assertEquals(List.of(), rig.calls.devices().of("8:acs:alice"));
  }

  private static Hello.Builder hello(String token) {
    return Hello.newBuilder().setToken(token).setResumable(true);
  }

  private Hello.Builder resuming(long lastSequence) {
    return Hello.newBuilder()
        .setToken(TOKEN)
        .setResumeToken(resumeToken)
        .setLastSequence(lastSequence);
  }

  private static ClientMessage.Builder ping() {
    return ClientMessage.newBuilder().setPing(Ping.getDefaultInstance());
  }

  private static ClientMessage.Builder join() {
    return ClientMessage.newBuilder().setJoin(Join.newBuilder().setGroupId(ConnectionRig.GROUP));
  }

  private static ClientMessage.Builder leave() {
    return ClientMessage.newBuilder().setLeave(Leave.getDefaultInstance());
  }

  private Peer begun() {
    return begun(hello(TOKEN));
  }

  private Peer begun(Hello.Builder hello) {
    Peer peer = rig.connect();
    peer.hello(hello);
    Welcome welcome = peer.readOne().getWelcome();
    resumeToken = welcome.getResumeToken();
    assertFalse(resumeToken.isEmpty());
    assertFalse(welcome.getResumed());
    return peer;
  }

  private Peer inCall() {
    Peer peer = begun();
    peer.send(join());
    assertTrue(peer.readOne().hasJoined());
    return peer;
  }

  /** What the server says to a client that comes back. */
  private List<ServerMessage> back(Peer peer, long lastSequence) {
    peer.hello(resuming(lastSequence));
    List<ServerMessage> messages = peer.read();
    assertTrue(messages.getFirst().getWelcome().getResumed(), messages::toString);
    assertEquals(0, messages.getFirst().getSequence());
    return messages.subList(1, messages.size());
  }

  private static void assertError(SignalingError error, ServerMessage message) {
    assertEquals(error.subCode(), message.getError().getSubCode(), message.toString());
  }

  private void assertOver(Peer peer, Hello.Builder hello) {
    long request = peer.hello(hello);
    ServerMessage answer = peer.read().getLast();
    assertError(SignalingError.SESSION_OVER, answer);
    assertEquals(request, answer.getInReplyTo());
    assertFalse(peer.isOpen());
  }

  private static List<Long> sequences(List<ServerMessage> messages) {
    return messages.stream().map(ServerMessage::getSequence).toList();
  }

  @Test
  void numbersTheMessagesOfAResumableSession() {
    Peer peer = begun();
    for (int i = 0; i < 5; i++) {
      peer.send(ping());
    }
    assertEquals(LongStream.rangeClosed(1, 5).boxed().toList(), sequences(peer.read()));
  }

  @Test
  void numbersNothingInOthersAndCarriesOutWhatIsSentTwice() {
    Peer peer = rig.welcomed("alice");
    peer.sendAs(7, join());
    assertEquals(0, peer.readOne().getSequence());
    peer.sendAs(7, join().setAcknowledged(99));
    assertError(SignalingError.ALREADY_IN_CALL, peer.readOne());
    peer.disconnect();
    rig.settle();
    assertEquals(0, rig.calls.callCount());
  }

  @Test
  void tellsTheTimeouts() {
    Peer peer = rig.connect();
    peer.hello(hello(TOKEN));
    var timeouts = peer.readOne().getWelcome().getTimeouts();
    assertEquals(120_000, timeouts.getReconnectMs());
    assertEquals(40_000, timeouts.getModalityMs());
    assertEquals(60_000, timeouts.getTransferMs());
    assertEquals(85_000, timeouts.getCallSetupMs());
    assertEquals(85_000, timeouts.getGroupCallSetupMs());
    assertEquals(115_000, timeouts.getPstnCallSetupMs());
    assertEquals(115_000, timeouts.getPromotionMs());
  }

  @Test
  void goesOnWithTheNextSocketAndWhatWasMissed() {
    Peer alice = inCall();
    alice.cut();
    Peer bob = rig.welcomed("bob");
    bob.join();
    assertEquals(1, bob.readOne().getJoined().getParticipantsCount());
    bob.disconnect();
    assertEquals(1, rig.endpoint.waitingSessionCount());

    Peer next = rig.connect();
    List<ServerMessage> missed = back(next, 1);
    assertEquals(List.of(2L, 3L), sequences(missed));
    assertEquals(1, missed.getFirst().getRosterDelta().getJoinedCount());
    assertEquals(1, missed.getLast().getRosterDelta().getLeftCount());
    assertEquals(0, rig.endpoint.waitingSessionCount());
    assertEquals(1, rig.endpoint.resumedSessionCount());
    next.sendAs(50, leave());
    assertTrue(next.readOne().hasLeft());
  }

  @Test
  void waitsForTheNextSocketUntilJustBeforeTheTimeout() {
    inCall().cut();
    rig.advance(RECONNECT.minusMillis(1));
    assertEquals(1, rig.calls.participantCount());
    Peer next = rig.connect();
    assertEquals(List.of(), back(next, 1));
    rig.advance(Duration.ofMillis(1));
    next.sendAs(9, ping());
    assertTrue(next.readOne().hasPong());
    assertEquals(0, rig.endpoint.lostSessionCount());
  }

  @Test
  void isOverWhenTheTimeoutIsReached() {
    inCall().cut();
    Peer bob = rig.connect();
    bob.hello(hello("bob voip 36000"));
    bob.send(join());
    assertEquals(1, bob.read().getLast().getJoined().getParticipantsCount());
    for (int i = 0; i < 6; i++) {
      rig.advance(Duration.ofSeconds(20));
      bob.send(ping());
    }
    assertTrue(
        bob.read().stream().anyMatch(m -> m.getRosterDelta().getLeftCount() == 1),
        "the participant is gone");
    assertEquals(1, rig.calls.participantCount());
    assertEquals(1, rig.endpoint.lostSessionCount());
    assertOver(rig.connect(), resuming(1));
  }

  @Test
  void takesOverFromASocketThatStillLooksAlive() {
    Peer old = inCall();
    Peer next = rig.connect();
    assertEquals(List.of(), back(next, 1));
    assertFalse(old.isOpen());
    assertEquals(0, rig.endpoint.waitingSessionCount());
    next.sendAs(9, ping());
    assertTrue(next.readOne().hasPong());
    assertEquals(1, rig.calls.participantCount());
  }

  @Test
  void whatTheOldSocketStillSaysIsNotCarriedOut() {
    Peer old = inCall();
    old.stopReading();
    Peer next = rig.connect();
    back(next, 1);
    old.sendAs(9, leave());
    rig.settle();
    assertEquals(1, rig.calls.participantCount());
    next.sendAs(9, leave());
    assertTrue(next.readOne().hasLeft());
  }

  @Test
  void nobodyElseResumesASession() {
    Peer alice = inCall();
    String right = resumeToken;
    assertOver(rig.connect(), resuming(1).setToken("bob voip 36000"));
    String id = right.substring(0, right.indexOf('.') + 1);
    for (String wrong :
        List.of(
            "x",
            ".",
            id,
            id + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            right + "A",
            right.substring(0, right.length() - 1),
            "y".repeat(100_000))) {
      assertOver(rig.connect(), resuming(1).setResumeToken(wrong));
    }
    alice.sendAs(9, ping());
    assertTrue(alice.readOne().hasPong());
    assertEquals(43, right.length() - id.length(), "256 bits");
  }

  @Test
  void everySessionHasASecretOfItsOwn() {
    begun();
    String first = resumeToken;
    begun();
    assertFalse(first.substring(37).equals(resumeToken.substring(37)));
  }

  @Test
  void neverLogsTheSecret() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger root = (Logger) LoggerFactory.getLogger("io.vaxel");
    Level before = root.getLevel();
    root.setLevel(Level.TRACE);
    root.addAppender(lines);
    try {
      inCall().cut();
      back(rig.connect(), 1);
      assertOver(rig.connect(), resuming(99));
    } finally {
      root.detachAppender(lines);
      root.setLevel(before);
    }
    String secret = resumeToken.substring(resumeToken.indexOf('.') + 1);
    assertFalse(lines.list.toString().contains(secret));
  }

  @Test
  void aNumberThatWasNeverSentEndsTheSession() {
    inCall().cut();
    assertOver(rig.connect(), resuming(2));
    rig.settle();
    assertEquals(0, rig.calls.callCount());
    assertOver(rig.connect(), resuming(1));
  }

  @Test
  void aMessageThatIsForgottenEndsTheSession() {
    Peer peer = inCall();
    peer.sendAs(8, ping().setAcknowledged(1));
    peer.cut();
    assertOver(rig.connect(), resuming(0));
    assertEquals(0, rig.endpoint.sessionCount());
  }

  @Test
  void anAcknowledgementOfWhatWasNeverSentIsRefused() {
    Peer peer = begun();
    peer.sendAs(2, join().setAcknowledged(1));
    assertError(SignalingError.INVALID_ACKNOWLEDGEMENT, peer.readOne());
    assertEquals(0, rig.calls.callCount());
    peer.sendAs(3, join().setAcknowledged(-1));
    assertError(SignalingError.INVALID_ACKNOWLEDGEMENT, peer.readOne());
    peer.sendAs(4, join().setAcknowledged(2));
    assertTrue(peer.readOne().hasJoined());
  }

  @Test
  void aRequestThatIsSentAgainGetsTheSameAnswerAgain() {
    Peer peer = begun();
    peer.sendAs(2, join());
    ServerMessage first = peer.readOne();
    peer.sendAs(3, ping().setAcknowledged(first.getSequence()));
    peer.read();
    peer.sendAs(2, join());
    ServerMessage again = peer.readOne();
    assertEquals(first.getJoined(), again.getJoined());
    assertEquals(2, again.getInReplyTo());
    assertEquals(3, again.getSequence());

    peer.sendAs(9, leave());
    assertTrue(peer.readOne().hasLeft());
    peer.sendAs(2, join());
    assertTrue(peer.readOne().hasJoined(), "the answer of then");
    rig.settle();
    assertEquals(0, rig.calls.callCount());
  }

  @Test
  void aRequestThatIsSentAgainWhileItIsCarriedOutGetsOneAnswer() {
    Peer peer = begun();
    peer.sendAs(2, join());
    peer.sendAs(3, leave());
    peer.sendAs(2, join());
    peer.sendAs(3, leave());
    peer.cut();
    Peer next = rig.connect();
    next.hello(resuming(0));
    next.sendAs(2, join());
    next.sendAs(3, leave());
    List<ServerMessage> messages = next.read();
    assertEquals(
        List.of("WELCOME", "JOINED", "LEFT"),
        messages.stream().map(m -> m.getBodyCase().name()).toList());
  }

  @Test
  void aRefusalIsAnAnswerToo() {
    Peer peer = begun();
    peer.sendAs(2, leave());
    assertError(SignalingError.NOT_IN_CALL, peer.readOne());
    peer.sendAs(3, join());
    peer.read();
    peer.sendAs(2, leave());
    assertError(SignalingError.NOT_IN_CALL, peer.readOne());
    assertEquals(1, rig.calls.participantCount());
  }

  @Test
  void requestsMayArriveOutOfOrder() {
    Peer peer = begun();
    peer.sendAs(9, leave());
    peer.sendAs(5, join());
    peer.sendAs(7, leave());
    assertEquals(
        List.of("ERROR", "JOINED", "LEFT"),
        peer.read().stream().map(m -> m.getBodyCase().name()).toList());
  }

  @Test
  void whatIsOlderThanTheKeptAnswersIsNotCarriedOutTwice() {
    rig.close();
    rig = new ConnectionRig(new SessionLimits(10, 1_000, 1 << 20, 3, 1 << 20));
    Peer peer = begun();
    peer.sendAs(2, join());
    peer.sendAs(4, leave());
    peer.read();
    peer.sendAs(5, leave());
    peer.sendAs(6, leave());
    peer.read();
    for (long old : new long[] {1, 2}) {
      peer.sendAs(old, join());
      ServerMessage answer = peer.readOne();
      assertError(SignalingError.REQUEST_FORGOTTEN, answer);
      assertEquals(old, answer.getInReplyTo());
    }
    assertEquals(0, rig.calls.callCount());
    peer.sendAs(4, leave());
    assertTrue(peer.readOne().hasLeft());
    peer.sendAs(3, join());
    assertTrue(peer.readOne().hasJoined(), "it was never here");
  }

  @Test
  void anOldRenewalIsNotCarriedOutAgain() {
    Peer peer = begun(hello("alice voip 20"));
    peer.sendAs(2, renewal("alice voip 30"));
    peer.sendAs(3, renewal("alice voip 40"));
    peer.read();
    peer.sendAs(2, renewal("alice voip 30"));
    assertTrue(peer.readOne().hasDone());
    rig.advance(Duration.ofSeconds(29));
    peer.sendAs(4, ping());
    peer.read();
    rig.advance(Duration.ofSeconds(10));
    assertTrue(peer.isOpen());
    rig.advance(Duration.ofSeconds(1));
    assertError(SignalingError.TOKEN_EXPIRED, peer.read().getLast());
  }

  private static ClientMessage.Builder renewal(String token) {
    return ClientMessage.newBuilder().setRenewToken(RenewToken.newBuilder().setToken(token));
  }

  @Test
  void theTokenOfTheNextHelloTakesThePlaceOfTheOneBefore() {
    begun(hello("alice voip 20")).cut();
    Peer next = rig.connect();
    next.hello(resuming(0).setToken("alice voip 60"));
    assertTrue(next.readOne().getWelcome().getResumed());
    rig.advance(Duration.ofSeconds(29));
    next.sendAs(4, ping());
    rig.advance(Duration.ofSeconds(29));
    next.sendAs(5, ping());
    next.read();
    rig.advance(Duration.ofSeconds(2));
    assertError(SignalingError.TOKEN_EXPIRED, next.read().getLast());
  }

  @Test
  void aSecondHelloOnASocketIsRefused() {
    Peer peer = begun();
    peer.hello(resuming(0));
    assertError(SignalingError.ALREADY_GREETED, peer.readOne());
    assertTrue(peer.isOpen());
  }

  @Test
  void endsWhenTheTokenExpiresMeanwhile() {
    Peer peer = begun(hello("alice voip 60"));
    peer.send(join());
    peer.read();
    peer.cut();
    rig.advance(Duration.ofSeconds(60));
    assertEquals(0, rig.calls.callCount());
    assertOver(rig.connect(), resuming(1));
    assertEquals(1, rig.endpoint.lostSessionCount());
  }

  @Test
  void endsWhenTheTokenIsRevokedMeanwhile() {
    inCall().cut();
    rig.revoked.add(TOKEN);
    rig.endpoint.heard(new Revocation("resource", "8:acs:alice"));
    rig.settle();
    assertEquals(0, rig.calls.callCount());
    assertOver(rig.connect(), resuming(1).setToken("alice voip 35999"));
  }

  @Test
  void endsWithTheServer() {
    Peer alice = inCall();
    alice.cut();
    rig.endpoint.stop();
    rig.settle();
    assertEquals(0, rig.calls.callCount());
    assertEquals(0, rig.endpoint.sessionCount());
  }

  @Test
  void tellsThatTheServerStopsWithNumbers() {
    Peer alice = inCall();
    rig.endpoint.stop();
    List<ServerMessage> messages = alice.read();
    assertEquals(503, messages.getFirst().getCallEnded().getCode());
    assertEquals(Notice.Kind.SERVER_STOPPING, messages.getLast().getNotice().getKind());
    assertEquals(List.of(2L, 3L), sequences(messages));
  }

  @Test
  void endsAtOnceWhenTheClientClosesForGood() {
    Peer peer = inCall();
    peer.close(1000);
    rig.settle();
    assertEquals(0, rig.endpoint.sessionCount());
    assertEquals(0, rig.calls.callCount());
  }

  @Test
  void waitsWhenAPageGoesAway() {
    for (int status : new int[] {1001, -1}) {
      Peer peer = inCall();
      peer.close(status);
      rig.settle();
      assertEquals(1, rig.endpoint.waitingSessionCount());
      back(rig.connect(), 1);
      rig.close();
      rig = new ConnectionRig();
    }
  }

  @Test
  void waitsAfterSilence() {
    Peer peer = inCall();
    peer.stopReading();
    rig.advance(Duration.ofSeconds(30));
    assertEquals(1, rig.endpoint.waitingSessionCount());
    assertEquals(1, rig.calls.participantCount());
    back(rig.connect(), 1);
  }

  @Test
  void endsWhenTheClientBreaksTheProtocol() {
    Peer peer = inCall();
    peer.sendFrame(new TextWebSocketFrame("hello?"));
    ServerMessage last = peer.read().getLast();
    assertError(SignalingError.MALFORMED_MESSAGE, last);
    assertEquals(2, last.getSequence());
    assertEquals(0, rig.calls.callCount());
    assertOver(rig.connect(), resuming(2));
  }

  @Test
  void whatTooManyMessagesGotAsAnAnswerStays() {
    Peer peer = begun();
    for (int i = 2; i <= 100; i++) {
      peer.sendAs(i, ping());
    }
    peer.sendAs(101, join());
    assertError(SignalingError.TOO_MANY_MESSAGES, peer.read().getLast());
    rig.advance(Duration.ofSeconds(1));
    peer.sendAs(101, join());
    assertError(SignalingError.TOO_MANY_MESSAGES, peer.readOne());
    assertEquals(0, rig.calls.callCount());
  }

  @Test
  void keepsTheLastMessagesOfAClientThatAcknowledgesNothing() {
    rig.close();
    rig = new ConnectionRig(new SessionLimits(10, 5, 1 << 20, 3, 1 << 20));
    Peer peer = begun();
    for (int i = 2; i < 10; i++) {
      peer.sendAs(i, ping());
    }
    assertEquals(8, peer.read().size());
    peer.cut();
    Peer next = rig.connect();
    assertEquals(List.of(4L, 5L, 6L, 7L, 8L), sequences(back(next, 3)));
    next.cut();
    assertOver(rig.connect(), resuming(2));
  }

  @Test
  void whenMemoryIsShortASessionForgetsItsOwn() {
    rig.close();
    rig = new ConnectionRig(new SessionLimits(10, 1_000, 1 << 20, 3, 100));
    Peer peer = begun();
    for (int i = 2; i < 10; i++) {
      peer.sendAs(i, ping());
    }
    peer.read();
    assertTrue(rig.endpoint.sessionMemoryBytes() <= 100);
    peer.cut();
    Peer next = rig.connect();
    assertEquals(List.of(7L, 8L), sequences(back(next, 6)));
  }

  @Test
  void servesMoreSessionsThanMayBeResumedUntilTheirSocketIsLost() {
    rig.close();
    rig = new ConnectionRig(new SessionLimits(1, 1_000, 1 << 20, 3, 1 << 20));
    Peer first = begun();
    Peer second = rig.connect();
    second.hello(hello("bob voip 36000"));
    assertEquals("", second.readOne().getWelcome().getResumeToken());
    second.join();
    assertEquals(0, second.readOne().getSequence());
    second.cut();
    rig.settle();
    assertEquals(0, rig.calls.callCount());
    first.close(1000);
    begun(hello("carol voip 36000"));
  }

  @Test
  void tellsWhenTheLibraryEndsAfterResumingToo() {
    begun().cut();
    Peer next = rig.connect();
    next.hello(resuming(0).setSdkName("old-sdk").setSdkVersion("1.1.0"));
    Welcome welcome = next.readOne().getWelcome();
    assertEquals("2027-02-01", welcome.getSdkSunset());
    assertTrue(welcome.getResumed());
    Peer retired = rig.connect();
    retired.hello(resuming(0).setSdkName("old-sdk").setSdkVersion("1.0.0"));
    assertError(SignalingError.SDK_RETIRED, retired.readOne());
    next.sendAs(9, ping());
    assertTrue(next.readOne().hasPong(), "the session is as it was");
  }

  @Test
  void ringsWhileItWaits() {
    String token = "resource_alice voip 36000";
    begun(hello(token).setReceivesCalls(true)).cut();
    Peer bob = rig.welcomed("bob");
    bob.send(
        ClientMessage.newBuilder()
            .setPlaceCall(PlaceCall.newBuilder().addTargets("8:acs:resource_alice")));
    assertTrue(bob.read().getFirst().hasJoined());
    Peer next = rig.connect();
    next.hello(resuming(0).setToken(token));
    assertTrue(next.read().getLast().hasIncomingCall());
    bob.send(leave());
    bob.read();
    assertEquals(487, next.readOne().getIncomingCallEnded().getCode());
  }

  @Test
  void aUserHasSoManyDevicesAndNoMore() {
    for (int i = 0; i < 10; i++) {
      begun(hello(TOKEN).setReceivesCalls(true));
    }
    Peer tooMany = rig.connect();
    tooMany.hello(hello(TOKEN).setReceivesCalls(true));
    assertError(SignalingError.TOO_MANY_DEVICES, tooMany.readOne());
    assertFalse(tooMany.isOpen());
    assertEquals(10, rig.endpoint.sessionCount());
  }

  @Test
  void aSeatThatIsTakenWithoutASocketKnowsIt() {
    Peer peer = begun();
    peer.send(join());
    peer.cut();
    rig.settle();
    assertEquals(1, rig.calls.participantCount());
    rig.advance(RECONNECT);
    assertEquals(0, rig.calls.callCount());
  }
}
