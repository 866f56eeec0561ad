package io.vaxel.server.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.client.CallAgent;
import io.vaxel.client.CallAgentOptions;
import io.vaxel.client.CallClient;
import io.vaxel.client.CallListener;
import io.vaxel.client.CallOptions;
import io.vaxel.client.IncomingTrack;
import io.vaxel.media.dtls.DtlsIdentity;
import io.vaxel.media.dtls.Fingerprint;
import io.vaxel.media.rtp.RtpView;
import io.vaxel.media.sfu.SfuUsage;
import io.vaxel.media.transport.MediaLoop;
import io.vaxel.signaling.proto.MediaState;
import io.vaxel.signaling.proto.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers whose signalling is right and whose media is not. */
// Set before each test.
@SuppressWarnings("NullAway.Init")
final class HostilePeerTest {
  @TempDir private Path data;

  private final String groupId = UUID.randomUUID().toString();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private TestServer server;
  private SfuUsage before;
  private MediaLoop loop;
  private HostilePeer peer;
  private RawCaller caller;

  @BeforeEach
  void join() throws Exception {
    server = TestServer.start(data);
    before = server.usage();
    loop = server.media().loop();
    peer = onLoop(() -> new HostilePeer(loop));
    caller = server.connect();
    assertTrue(caller.hello(server.newToken()).hasWelcome());
    assertTrue(caller.join(groupId).hasJoined());
  }

  @AfterEach
  void nothingLeaks() throws Exception {
    onLoop(
        () -> {
          peer.close();
          return peer;
        });
    caller.close();
    Leaks.awaitAsBefore(server, before);
    server.close();
  }

  private <T> T onLoop(Callable<T> task) throws Exception {
    return loop.eventLoop().submit(task).get(Until.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private void connect(Fingerprint fingerprint, boolean rightPassword) throws Exception {
    var publish = onLoop(() -> peer.publish(fingerprint));
    ServerMessage answer = caller.ask(message -> message.setPublish(publish));
    assertTrue(answer.hasPublishAnswer(), answer::toString);
    onLoop(
        () -> {
          peer.connect(answer, rightPassword ? null : "wrongwrongwrongwrongwrong");
          return peer;
        });
  }

  /** Sends checks until {@code condition} holds. */
  private void checkUntil(Callable<Boolean> condition, String otherwise) throws Exception {
    Until.holds(
        () -> {
          onLoop(
              () -> {
                peer.check();
                return peer;
              });
          return condition.call();
        },
        () -> otherwise);
  }

  @Test
  void aWrongFingerprintFailsTheConnection() throws Exception {
    connect(DtlsIdentity.generate().fingerprint(), true);
    checkUntil(() -> !peer.ended.isEmpty() || peer.secured, "the handshake does not end");
    MediaState state = caller.await(ServerMessage::hasMediaState).getMediaState();
    assertEquals(MediaState.Connection.PUBLISH, state.getConnection());
    assertEquals(MediaState.State.FAILED, state.getState());
    assertTrue(state.getMessage().contains("DTLS"), state.getMessage());
    Until.holds(() -> server.usage().transports() == 0, () -> "the connection is open");
  }

  @Test
  void aWrongIcePasswordIsAnsweredWith401AndNeverConnects() throws Exception {
    connect(peer.fingerprint(), false);
    checkUntil(() -> peer.stunError == 401, "checks are not answered with 401");
    assertEquals(0, server.usage().paths(), "the address was believed");
    assertFalse(peer.secured);
  }

  @Test
  void replayedAndForeignPacketsAreNotForwarded() throws Exception {
    CallAgent listening =
        new CallClient(server.media(), server.http(), server.server().localEndpoint())
            .createCallAgent(
                server.newToken(),
                CallAgentOptions.outgoing("listening"),
                new CallAgent.Listener() {})
            .get(Until.LIMIT.toSeconds(), TimeUnit.SECONDS);
    listening
        .join(groupId, CallOptions.RECEIVE_ALL, new Hearing())
        .get(Until.LIMIT.toSeconds(), TimeUnit.SECONDS);
    connect(peer.fingerprint(), true);
    checkUntil(() -> peer.secured, "does not connect");
    Until.holds(
        () -> {
          send("warm up");
          return heard.contains("warm up");
        },
        () -> "nothing is forwarded");
    onLoop(
        () -> {
          byte[] once = peer.packet("once");
          peer.send(once);
          peer.send(once);
          byte[] foreign = peer.packet("from elsewhere");
          peer.sendFromElsewhere(foreign);
          byte[] changed = peer.packet("changed");
          changed[14] ^= 1;
          peer.send(changed);
          peer.send(once);
          return peer;
        });
    send("last");
    Until.holds(() -> heard.contains("last"), () -> "forwarding stopped");
    assertEquals(1, heard.stream().filter("once"::equals).count(), "a replay was forwarded");
    assertFalse(heard.contains("from elsewhere"), "an address without a check was believed");
    assertFalse(heard.contains("changed"), "a changed packet was forwarded");
    assertEquals(
        2,
        heard.stream().distinct().filter(text -> !text.equals("warm up")).count(),
        heard::toString);
    listening.close();
    server.settleClients();
  }

  private void send(String text) throws Exception {
    onLoop(
        () -> {
          peer.send(peer.packet(text));
          return peer;
        });
  }

  private final class Hearing implements CallListener {
    @Override
    public void received(IncomingTrack track, RtpView packet) {
      byte[] text = new byte[packet.payloadLength()];
      packet.bytes().get(packet.payloadOffset(), text);
      heard.add(new String(text, StandardCharsets.US_ASCII));
    }
  }
}
