package io.vaxel.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.ServerMessage;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A signalling socket over the JDK's WebSocket. */
final class WebSocketWire implements Wire {
  private static final String SUBPROTOCOL = "vaxel.signaling.v1";

  /** What the protocol allows a message to have. */
  private static final int MESSAGE_BYTES = 256 << 10;

  private final WebSocket socket;
  private final Frames frames;
  private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

  private WebSocketWire(WebSocket socket, Frames frames) {
    this.socket = socket;
    this.frames = frames;
  }

  /**
   * Opens sockets to the server at {@code endpoint}, whose scheme says whether over TLS.
   *
   * @param loop runs one task at a time; listeners are called on it
   */
  static Wire.Factory factory(HttpClient http, URI endpoint, Executor loop) {
    String scheme = "https".equals(endpoint.getScheme()) ? "wss" : "ws";
    URI uri = URI.create(scheme + "://" + endpoint.getAuthority() + "/calling/v1");
    return listener -> {
      Frames frames = new Frames(loop, listener);
      return http.newWebSocketBuilder()
          .subprotocols(SUBPROTOCOL)
          .buildAsync(uri, frames)
          .thenApply(socket -> new WebSocketWire(socket, frames));
    };
  }

  @Override
  public synchronized void send(ClientMessage message) {
    ByteBuffer bytes = ByteBuffer.wrap(message.toByteArray());
    // What cannot be sent is told by onError; the session sends it again on its next socket.
    lastSend = lastSend.thenCompose(previous -> socket.sendBinary(bytes, true));
  }

  @Override
  public synchronized void close() {
    lastSend =
        lastSend.thenCompose(previous -> socket.sendClose(WebSocket.NORMAL_CLOSURE, "leaving"));
  }

  @Override
  public void abort() {
    socket.abort();
    frames.ended("aborted");
  }

  private static final class Frames implements WebSocket.Listener {
    private final Executor loop;
    private final Wire.Listener listener;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private boolean ended;

    Frames(Executor loop, Wire.Listener listener) {
      this.loop = loop;
      this.listener = listener;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      if (partial.size() + data.remaining() > MESSAGE_BYTES) {
        from.abort();
        ended("the server sent more than a message may have");
        return null;
      }
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      partial.writeBytes(bytes);
      if (last) {
        byte[] whole = partial.toByteArray();
        partial.reset();
        loop.execute(() -> parse(from, whole));
      }
      from.request(1);
      return null;
    }

    private void parse(WebSocket from, byte[] bytes) {
      ServerMessage message;
      try {
        message = ServerMessage.parseFrom(bytes);
      } catch (InvalidProtocolBufferException e) {
        from.abort();
        ended("the server sent something else than protobuf");
        return;
      }
      listener.received(message);
    }

    synchronized void ended(String reason) {
      if (!ended) {
        ended = true;
        loop.execute(() -> listener.closed(reason));
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
