package io.vaxel.server.call;

import io.vaxel.client.CallAgent;
import io.vaxel.client.CallAgentOptions;
import io.vaxel.client.CallClient;
import io.vaxel.client.ClientMedia;
import io.vaxel.client.IncomingCall;
import io.vaxel.signaling.call.TelephoneNetwork;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A server, and users who sign in with the Java client and are rung for. */
final class AgentRig implements AutoCloseable {
  private final TestServer server;
  private final Queue<IncomingCall> rung = new ConcurrentLinkedQueue<>();

  AgentRig(Path data) throws Exception {
    this(data, Map.of(), TelephoneNetwork.NONE);
  }

  AgentRig(Path data, Map<String, Object> settings, TelephoneNetwork telephones) throws Exception {
    server = TestServer.start(data, settings, new ClientMedia(), telephones);
  }

  TestServer server() {
    return server;
  }

  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(Until.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  CallAgent agent(String name, CallAgent.Listener listener) throws Exception {
    return get(
        new CallClient(server.media(), server.http(), server.server().localEndpoint())
            .createCallAgent(server.newToken(), CallAgentOptions.of(name), listener));
  }

  /** A user whose calls come to {@link #nextRing}. */
  CallAgent agent(String name) throws Exception {
    return agent(
        name,
        new CallAgent.Listener() {
          @Override
          public void incomingCall(IncomingCall call) {
            rung.add(call);
          }
        });
  }

  IncomingCall nextRing() throws Exception {
    Until.holds(() -> !rung.isEmpty(), () -> "nothing rings");
    return rung.remove();
  }

  @Override
  public void close() {
    server.close();
  }
}
