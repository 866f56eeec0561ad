package io.vaxel.client;

import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.ServerMessage;
import java.util.concurrent.CompletableFuture;

/** One open signalling socket. Safe for any thread. */
interface Wire {
  /** What comes over a socket; called on the loop, in order. */
  interface Listener {
    /** The server said something. */
    void received(ServerMessage message);

    /** The socket is gone; told once, and nothing comes afterwards. */
    void closed(String reason);
  }

  /** Opens sockets to one server. */
  @FunctionalInterface
  interface Factory {
    /** Opens a socket; the future fails when the server cannot be reached. */
    CompletableFuture<Wire> open(Listener listener);
  }

  /** Sends a message behind those before it. */
  void send(ClientMessage message);

  /** Closes the socket when everything has been sent. */
  void close();

  /** Cuts the socket without a goodbye, as a lost network does. */
  void abort();
}
