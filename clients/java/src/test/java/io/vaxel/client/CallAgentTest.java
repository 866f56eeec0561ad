package io.vaxel.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.client.PlayedServer.Socket;
import io.vaxel.signaling.proto.IncomingCall;
import io.vaxel.signaling.proto.IncomingCallEnded;
import io.vaxel.signaling.proto.Joined;
import io.vaxel.signaling.proto.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which connection carries which call. Everything runs on the media loop, where it is played. */
final class CallAgentTest {
  private final ClientMedia media = new ClientMedia();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private boolean reachable = true;

  private final CallAgent agent =
      new CallAgent(
          media,
          listener -> {
            if (!reachable) {
              return CompletableFuture.failedFuture(new IllegalStateException("nobody there"));
            }
            Socket socket = new Socket(listener);
            sockets.add(socket);
            return CompletableFuture.completedFuture(socket);
          },
          "token",
          CallAgentOptions.of("Astrid"),
          new CallAgent.Listener() {
            @Override
            public void incomingCall(io.vaxel.client.IncomingCall call) {
              told.add("rings " + call.id());
            }

            @Override
            public void incomingCallEnded(io.vaxel.client.IncomingCall call, CallEndReason reason) {
              told.add("stopped " + call.id() + " " + reason.code());
            }
          });

  @AfterEach
  void close() {
    agent.close();
    media.close();
  }

  /** Runs a step on the loop and waits for it, and for what it left to do there. */
  private <T> T step(Function<CallAgent, T> task) throws Exception {
    T result = media.loop().eventLoop().submit(() -> task.apply(agent)).get(60, TimeUnit.SECONDS);
    media.loop().eventLoop().submit(() -> {}).get(60, TimeUnit.SECONDS);
    return result;
  }

  private void signedIn() throws Exception {
    CompletableFuture<CallAgent> signedIn = step(CallAgent::signIn);
    step(
        same -> {
          sockets.getFirst().welcome(false);
          return same;
        });
    assertTrue(signedIn.isDone());
  }

  private CompletableFuture<Call> place() throws Exception {
    return step(
        same -> same.startCall(List.of("8:acs:b"), CallOptions.RECEIVE_ALL, new CallListener() {}));
  }

  private void say(Socket socket, ServerMessage.Builder message) throws Exception {
    step(
        same -> {
          socket.say(message);
          return same;
        });
  }

  @Test
  void theFirstCallGoesOverTheConnectionThatRingsAndTheNextOverItsOwn() throws Exception {
    signedIn();
    assertTrue(sockets.getFirst().received.getFirst().getHello().getReceivesCalls());
    CompletableFuture<Call> first = place();
    assertEquals(1, sockets.size());
    assertTrue(sockets.getFirst().last().hasPlaceCall());
    say(
        sockets.getFirst(),
        ServerMessage.newBuilder()
            .setInReplyTo(sockets.getFirst().last().getRequestId())
            .setJoined(Joined.newBuilder().setCallId("c1")));
    assertEquals("c1", first.join().id());
    var _ = place();
    assertEquals(2, sockets.size());
    assertEquals(false, sockets.getLast().last().getHello().getReceivesCalls());
    assertEquals(2, agent.calls().size());
  }

  @Test
  void aCallThatGetsNoConnectionLeavesNothingBehind() throws Exception {
    signedIn();
    var _ = place();
    reachable = false;
    CompletableFuture<Call> second = place();
    assertTrue(second.isCompletedExceptionally());
    assertEquals(1, agent.calls().size());
  }

  @Test
  void whatRingsIsShownAndItsEndIsTold() throws Exception {
    signedIn();
    say(
        sockets.getFirst(),
        ServerMessage.newBuilder().setIncomingCall(IncomingCall.newBuilder().setCallId("c1")));
    assertEquals("c1", sockets.getFirst().last().getIncomingCallShown().getCallId());
    say(
        sockets.getFirst(),
        ServerMessage.newBuilder()
            .setIncomingCallEnded(IncomingCallEnded.newBuilder().setCallId("c1").setCode(487)));
    assertEquals(List.of("rings c1", "stopped c1 487"), told);
  }
}
