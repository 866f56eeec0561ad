package io.vaxel.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.client.PlayedServer.Socket;
import io.vaxel.signaling.proto.Done;
import io.vaxel.signaling.proto.Error;
import io.vaxel.signaling.proto.Notice;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.SetHold;
import io.vaxel.signaling.proto.Welcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a session makes of lost sockets, refusals and silence. */
final class SignalingSessionTest {
  private final PlayedServer server = new PlayedServer();

  private CompletableFuture<ServerMessage> hold() {
    return server.session.request(message -> message.setSetHold(SetHold.newBuilder().setOn(true)));
  }

  private static ServerMessage.Builder done(long request) {
    return ServerMessage.newBuilder().setInReplyTo(request).setDone(Done.getDefaultInstance());
  }

  private static ServerMessage.Builder notice(long sequence) {
    return ServerMessage.newBuilder().setSequence(sequence).setNotice(Notice.getDefaultInstance());
  }

  private static ServerMessage.Builder error(long request, int code, int subCode) {
    return ServerMessage.newBuilder()
        .setInReplyTo(request)
        .setError(Error.newBuilder().setCode(code).setSubCode(subCode));
  }

  @Test
  void signsInFirstAndThenAsks() {
    CompletableFuture<Welcome> opened = server.session.open();
    CompletableFuture<ServerMessage> answer = hold();
    assertEquals(1, server.socket().received.size());
    assertTrue(server.socket().last().hasHello());
    assertFalse(opened.isDone());
    server.socket().welcome(false);
    assertTrue(opened.isDone());
    assertTrue(server.socket().last().hasSetHold());
    server.socket().say(done(server.socket().last().getRequestId()));
    assertTrue(answer.join().hasDone());
  }

  @Test
  void aRefusedHelloFailsWithItsCodes() {
    CompletableFuture<Welcome> opened = server.session.open();
    server.socket().say(error(server.socket().last().getRequestId(), 401, 40102));
    CallException refused =
        assertInstanceOf(
            CallException.class, assertThrows(CompletionException.class, opened::join).getCause());
    assertEquals(40102, refused.subCode());
    assertEquals(List.of(), server.told);
  }

  @Test
  void aLostSocketIsReplacedAndWhatIsUnansweredSentAgain() {
    server.welcomed();
    Socket first = server.socket();
    CompletableFuture<ServerMessage> answered = hold();
    first.say(done(first.last().getRequestId()).setSequence(1));
    assertTrue(answered.isDone());
    CompletableFuture<ServerMessage> unanswered = hold();
    first.say(notice(2));
    first.listener.closed("gone");
    server.pass(0);
    Socket second = server.socket();
    assertEquals(2, server.sockets.size());
    assertEquals("session", second.last().getHello().getResumeToken());
    assertEquals(2, second.last().getHello().getLastSequence());
    CompletableFuture<ServerMessage> meanwhile = hold();
    assertEquals(1, second.received.size(), "nothing but Hello before Welcome");
    second.welcome(true);
    assertEquals(3, second.received.size());
    assertEquals(
        first.last().getRequestId(), second.received.get(1).getRequestId(), "the same request");
    assertEquals(2, second.received.get(1).getAcknowledged());
    second.say(notice(2)); // taken in before
    second.say(notice(3));
    second.say(done(second.received.get(1).getRequestId()).setSequence(4));
    second.say(done(second.received.get(2).getRequestId()).setSequence(5));
    assertTrue(unanswered.isDone() && meanwhile.isDone());
    assertEquals(
        List.of("message NOTICE", "reconnecting", "reconnected", "message NOTICE"), server.told);
  }

  @Test
  void whatTheOldSocketStillSaysIsNotHeard() {
    server.welcomed();
    Socket first = server.socket();
    first.listener.closed("gone");
    first.say(notice(7));
    first.listener.closed("gone again");
    assertEquals(List.of("reconnecting"), server.told);
  }

  @Test
  void triesMoreAndMoreSeldomUntilTheServerHasGivenTheSessionUp() {
    server.welcomed();
    CompletableFuture<ServerMessage> waiting = hold();
    server.reachable = false;
    server.socket().listener.closed("gone");
    for (int millis = 0; millis < PlayedServer.RECONNECT_MILLIS - 1; millis += 1) {
      server.pass(1);
    }
    assertEquals(List.of("reconnecting"), server.told);
    assertFalse(waiting.isDone());
    int attempts = server.sockets.size();
    assertTrue(attempts > 20 && attempts < 40, () -> attempts + " attempts");
    server.pass(1);
    assertEquals(List.of("reconnecting", "closed gone"), server.told);
    assertTrue(waiting.isCompletedExceptionally());
    server.pass(PlayedServer.RECONNECT_MILLIS);
    assertEquals(attempts, server.sockets.size(), "goes on trying");
  }

  @Test
  void aSessionThatIsOverEndsAtOnce() {
    server.welcomed();
    server.socket().listener.closed("gone");
    server.pass(0);
    server.socket().say(error(server.socket().last().getRequestId(), 410, 41001));
    assertEquals(2, server.told.size());
    assertTrue(hold().isCompletedExceptionally());
  }

  @Test
  void aServerThatIsNotReadyIsAskedAgain() {
    server.welcomed();
    server.socket().listener.closed("gone");
    server.pass(0);
    server.socket().say(error(server.socket().last().getRequestId(), 503, 50302));
    server.pass(250);
    assertEquals(3, server.sockets.size());
    server.socket().welcome(true);
    assertEquals(List.of("reconnecting", "reconnected"), server.told);
  }

  @Test
  void aSilentServerIsLeftAfterThreePings() {
    server.welcomed();
    Socket first = server.socket();
    server.pass(PlayedServer.PING_MILLIS);
    assertTrue(first.last().hasPing());
    server.pass(PlayedServer.PING_MILLIS);
    server.pass(PlayedServer.PING_MILLIS);
    assertFalse(first.aborted);
    server.pass(PlayedServer.PING_MILLIS);
    assertTrue(first.aborted);
    assertEquals(List.of("reconnecting"), server.told);
  }

  @Test
  void aServerThatAnswersPingsIsNotLeft() {
    server.welcomed();
    for (int i = 0; i < 10; i++) {
      server.pass(PlayedServer.PING_MILLIS);
      server.socket().say(done(server.socket().last().getRequestId()));
    }
    assertEquals(1, server.sockets.size());
    assertFalse(server.socket().aborted);
  }

  @Test
  void moreRequestsThanTheServerLetsWaitAreRefusedHere() {
    server.welcomed();
    for (int i = 0; i < 100; i++) {
      assertFalse(hold().isDone());
    }
    assertTrue(hold().isCompletedExceptionally());
    assertEquals(101, server.socket().received.size());
  }

  @Test
  void closingSaysGoodbyeAndTellsNothing() {
    server.welcomed();
    CompletableFuture<ServerMessage> waiting = hold();
    server.session.close();
    assertTrue(server.socket().closed);
    assertTrue(waiting.isCompletedExceptionally());
    server.pass(PlayedServer.RECONNECT_MILLIS);
    assertEquals(1, server.sockets.size());
    assertEquals(List.of(), server.told);
  }
}
