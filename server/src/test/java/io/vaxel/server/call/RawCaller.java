package io.vaxel.server.call;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Hello;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.ServerMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The bare signalling socket, for what a well-behaved client never does. */
final class RawCaller implements AutoCloseable {
  private final BlockingQueue<ServerMessage> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closeStatus = new CompletableFuture<>();
  private @Nullable WebSocket socket;
  private long lastRequest;

  private RawCaller() {}

  static RawCaller connect(HttpClient http, URI endpoint) throws Exception {
    RawCaller caller = new RawCaller();
    caller.socket =
        http.newWebSocketBuilder()
            .subprotocols("vaxel.signaling.v1")
            .buildAsync(
                URI.create("ws://" + endpoint.getAuthority() + "/calling/v1"), caller.new Frames())
            .get(Until.LIMIT.toSeconds(), TimeUnit.SECONDS);
    return caller;
  }

  void send(byte[] bytes) throws Exception {
    WebSocket open = socket;
    if (open == null) {
      throw new IllegalStateException("not connected");
    }
    open.sendBinary(ByteBuffer.wrap(bytes), true).get(Until.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Sends what the server may refuse in the middle, by closing. */
  void sendAsFarAsTaken(byte[] bytes) throws Exception {
    try {
      send(bytes);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof IOException)) {
        throw e;
      }
    }
  }

  /** Sends a request and waits for its answer, which may be an error. */
  ServerMessage ask(Consumer<ClientMessage.Builder> body) throws Exception {
    long id = ++lastRequest;
    ClientMessage.Builder message = ClientMessage.newBuilder().setRequestId(id);
    body.accept(message);
    send(message.build().toByteArray());
    return await(answer -> answer.getInReplyTo() == id);
  }

  ServerMessage hello(String token) throws Exception {
    return ask(
        message ->
            message.setHello(
                Hello.newBuilder().setToken(token).setSdkName("test").setSdkVersion("0.1.0")));
  }

  ServerMessage join(String groupId) throws Exception {
    return ask(message -> message.setJoin(Join.newBuilder().setGroupId(groupId)));
  }

  /** The next message for which {@code wanted} holds; others before it are passed over. */
  ServerMessage await(Predicate<ServerMessage> wanted) throws Exception {
    long deadline = System.nanoTime() + Until.LIMIT.toNanos();
    while (true) {
      ServerMessage message = messages.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (message == null) {
        throw new AssertionError("the server does not say what was expected");
      }
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  /** The WebSocket status that the server closed with. */
  int awaitClose() throws Exception {
    return closeStatus.get(Until.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private final class Frames implements WebSocket.Listener {
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      partial.writeBytes(bytes);
      if (last) {
        try {
          messages.add(ServerMessage.parseFrom(partial.toByteArray()));
        } catch (InvalidProtocolBufferException e) {
          closeStatus.completeExceptionally(e);
        }
        partial.reset();
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      closeStatus.complete(status);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closeStatus.completeExceptionally(error);
    }
  }

  /** Breaks the TCP connection, without a close frame. */
  void vanish() {
    if (socket != null) {
      socket.abort();
    }
  }

  @Override
  public void close() {
    vanish();
  }
}
