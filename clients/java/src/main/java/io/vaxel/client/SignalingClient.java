package io.vaxel.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Error;
import io.vaxel.signaling.proto.ServerMessage;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The signalling socket: requests with their answers, and what the server says by itself. Safe for
 * any thread; events and answers are delivered in order by one executor.
 */
final class SignalingClient {
  /** What the server says by itself. */
  interface Events {
    void message(ServerMessage message);

    /** The socket is gone; no more events follow. */
    void closed(String reason);
  }

  private static final String SUBPROTOCOL = "vaxel.signaling.v1";

  private final Executor executor;
  private final Events events;
  private final Map<Long, CompletableFuture<ServerMessage>> pending = new ConcurrentHashMap<>();
  private CompletionStage<?> lastSend = CompletableFuture.completedFuture(null);
  private @Nullable WebSocket socket;
  private long lastRequest;
  private volatile boolean closed;

  private SignalingClient(Executor executor, Events events) {
    this.executor = executor;
    this.events = events;
  }

  /**
   * Opens a socket to the server at {@code endpoint}, whose scheme says whether over TLS.
   *
   * @param executor runs one task at a time
   */
  static CompletableFuture<SignalingClient> connect(
      HttpClient http, URI endpoint, Executor executor, Events events) {
    String scheme = "https".equals(endpoint.getScheme()) ? "wss" : "ws";
    URI uri = URI.create(scheme + "://" + endpoint.getAuthority() + "/calling/v1");
    SignalingClient client = new SignalingClient(executor, events);
    return http.newWebSocketBuilder()
        .subprotocols(SUBPROTOCOL)
        .buildAsync(uri, client.new Frames())
        .thenApply(
            opened -> {
              client.opened(opened);
              return client;
            });
  }

  private synchronized void opened(WebSocket opened) {
    socket = opened;
  }

  /** Sends a request; the answer, or a {@link CallException} when the server refuses it. */
  CompletableFuture<ServerMessage> request(Consumer<ClientMessage.Builder> body) {
    CompletableFuture<ServerMessage> answer = new CompletableFuture<>();
    synchronized (this) {
      WebSocket open = socket;
      if (open == null || closed) {
        answer.completeExceptionally(new IllegalStateException("the socket is closed"));
        return answer;
      }
      long id = ++lastRequest;
      ClientMessage.Builder message = ClientMessage.newBuilder().setRequestId(id);
      body.accept(message);
      pending.put(id, answer);
      byte[] bytes = message.build().toByteArray();
      lastSend = lastSend.thenCompose(previous -> open.sendBinary(ByteBuffer.wrap(bytes), true));
    }
    return answer;
  }

  private void dispatch(ServerMessage message) {
    CompletableFuture<ServerMessage> answer = pending.remove(message.getInReplyTo());
    if (answer == null) {
      events.message(message);
    } else if (message.hasError()) {
      Error error = message.getError();
      answer.completeExceptionally(
          new CallException(error.getCode(), error.getSubCode(), error.getMessage()));
    } else {
      answer.complete(message);
    }
  }

  private void ended(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    executor.execute(
        () -> {
          pending.values().forEach(answer -> answer.completeExceptionally(gone(reason)));
          pending.clear();
          events.closed(reason);
        });
  }

  private static IllegalStateException gone(String reason) {
    return new IllegalStateException("the socket closed: " + reason);
  }

  /** Closes the socket. */
  synchronized void close() {
    WebSocket open = socket;
    if (open != null && !closed) {
      lastSend =
          lastSend.thenCompose(previous -> open.sendClose(WebSocket.NORMAL_CLOSURE, "leaving"));
    }
  }

  /** Cuts the socket without a goodbye, as a lost network does. */
  synchronized void abort() {
    if (socket != null) {
      socket.abort();
    }
    ended("aborted");
  }

  private final class Frames implements WebSocket.Listener {
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      partial.writeBytes(bytes);
      if (last) {
        byte[] whole = partial.toByteArray();
        partial.reset();
        executor.execute(() -> parse(whole));
      }
      from.request(1);
      return null;
    }

    private void parse(byte[] bytes) {
      try {
        dispatch(ServerMessage.parseFrom(bytes));
      } catch (InvalidProtocolBufferException e) {
        ended("the server sent something else than protobuf");
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      ended("status " + status + (reason.isEmpty() ? "" : ", " + reason));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      ended(String.valueOf(error.getMessage()));
    }
  }
}
