package io.vaxel.server.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.client.ClientMedia;
import io.vaxel.media.transport.MediaLoop;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Hello;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.Leave;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.Welcome;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client whose TCP connection breaks in the middle of a call, on a real server. */
final class SessionResumeTest {
  @TempDir private Path data;

  private final String groupId = UUID.randomUUID().toString();

  private ClientMessage.Builder join() {
    return ClientMessage.newBuilder()
        .setRequestId(2)
        .setJoin(Join.newBuilder().setGroupId(groupId));
  }

  private static Welcome begin(RawCaller caller, String token) throws Exception {
    Hello hello = Hello.newBuilder().setToken(token).setResumable(true).build();
    Welcome welcome = caller.ask(message -> message.setHello(hello)).getWelcome();
    assertTrue(!welcome.getResumeToken().isEmpty());
    return welcome;
  }

  private static ServerMessage resume(
      RawCaller caller, String token, Welcome welcome, long lastSequence) throws Exception {
    return caller.ask(
        message ->
            message.setHello(
                Hello.newBuilder()
                    .setToken(token)
                    .setResumeToken(welcome.getResumeToken())
                    .setLastSequence(lastSequence)));
  }

  private static String metrics(TestServer server) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.server().adminPort() + "/metrics");
    return server
        .http()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static void awaitWaiting(TestServer server, int sessions) throws Exception {
    Until.holds(
        () -> metrics(server).contains("vaxel_calling_sessions_waiting " + sessions + ".0"),
        () -> "the server does not notice");
  }

  @Test
  void comesBackWithoutHavingLeftAndItsMediaWentOn() throws Exception {
    try (TestServer server = TestServer.start(data);
        RawCaller first = server.connect();
        RawCaller second = server.connect();
        Sender sender = new Sender(server)) {
      String token = server.newToken();
      Welcome welcome = begin(first, token);
      ServerMessage joined = first.ask(message -> message.setJoin(join().getJoin()));
      sender.publish(first);
      try (TestClient bob = server.join(groupId, "Bob")) {
        sender.isForwarded();

        first.vanish();
        awaitWaiting(server, 1);
        sender.isForwarded();
        try (TestClient carol = server.join(groupId, "Carol")) {
          assertEquals(List.of("", "Bob"), carol.others());
          ServerMessage back = resume(second, token, welcome, joined.getSequence());
          assertTrue(back.getWelcome().getResumed(), back::toString);
          long expected = joined.getSequence();
          boolean heardOfCarol = false;
          while (!heardOfCarol) {
            ServerMessage missed = second.await(message -> true);
            assertEquals(++expected, missed.getSequence());
            heardOfCarol =
                missed.getRosterDelta().getJoinedList().stream()
                    .anyMatch(participant -> participant.getDisplayName().equals("Carol"));
          }
          assertTrue(metrics(server).contains("vaxel_calling_sessions_resumed_total 1.0"));

          second.send(join().build().toByteArray());
          ServerMessage again = second.await(message -> message.getInReplyTo() == 2);
          assertEquals(joined.getJoined(), again.getJoined());
          sender.isForwarded();
          assertEquals(List.of("", "Bob"), carol.others());

          second.send(
              ClientMessage.newBuilder()
                  .setRequestId(99)
                  .setLeave(Leave.getDefaultInstance())
                  .build()
                  .toByteArray());
          assertTrue(second.await(message -> message.getInReplyTo() == 99).hasLeft());
          Until.holds(() -> bob.others().equals(List.of("Carol")), () -> "has not left");
        }
      }
    }
  }

  @Test
  void isGoneWhenItDoesNotComeBackInTime() throws Exception {
    Map<String, Object> settings = Map.of("calls.timeouts.reconnect", "300ms");
    try (TestServer server = TestServer.start(data, settings, new ClientMedia());
        RawCaller first = server.connect();
        RawCaller second = server.connect()) {
      String token = server.newToken();
      Welcome welcome = begin(first, token);
      assertEquals(300, welcome.getTimeouts().getReconnectMs());
      ServerMessage joined = first.ask(message -> message.setJoin(join().getJoin()));
      try (TestClient bob = server.join(groupId, "Bob")) {
        first.vanish();
        Until.holds(() -> bob.others().isEmpty(), () -> "is still in the call");
        Until.holds(
            () -> metrics(server).contains("vaxel_calling_sessions_over_total 1.0"),
            () -> "the session is still there");
        ServerMessage refused = resume(second, token, welcome, joined.getSequence());
        assertEquals(41001, refused.getError().getSubCode(), refused::toString);
        assertEquals(1008, second.awaitClose());
      }
    }
  }

  /** The media of a client, apart from its signalling. */
  private static final class Sender implements AutoCloseable {
    private static final int BATCH = 50;

    private final TestServer server;
    private final MediaLoop loop;
    private final HostilePeer peer;

    Sender(TestServer server) throws Exception {
      this.server = server;
      this.loop = server.media().loop();
      this.peer = onLoop(() -> new HostilePeer(loop));
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
      return loop.eventLoop().submit(task).get(Until.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    void publish(RawCaller caller) throws Exception {
      var offer = onLoop(() -> peer.publish(peer.fingerprint()));
      ServerMessage answer = caller.ask(message -> message.setPublish(offer));
      onLoop(
          () -> {
            peer.connect(answer, null);
            return peer;
          });
      Until.holds(
          () ->
              onLoop(
                  () -> {
                    peer.check();
                    return peer.secured;
                  }),
          () -> "does not connect");
    }

    /** Sends until what the server sends grows with it. */
    void isForwarded() throws Exception {
      Until.holds(
          () -> {
            long before = server.usage().sent();
            onLoop(
                () -> {
                  peer.check();
                  for (int i = 0; i < BATCH; i++) {
                    peer.send(peer.packet("speech"));
                  }
                  return peer;
                });
            // Checks and reports of a call this small are fewer than half of it in this time.
            TimeUnit.MILLISECONDS.sleep(20);
            return server.usage().sent() - before >= BATCH;
          },
          () -> "media does not flow");
    }

    @Override
    public void close() {
      loop.eventLoop().execute(peer::close);
    }
  }
}
