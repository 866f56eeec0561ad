package io.vaxel.client;

import io.netty.channel.embedded.EmbeddedChannel;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Hello;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.Timeouts;
import io.vaxel.signaling.proto.Welcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server without sockets that says what a test wants, on a clock that the test turns. */
final class PlayedServer implements Wire.Factory, SignalingSession.Listener {
  static final int RECONNECT_MILLIS = 120_000;
  static final int PING_MILLIS = 10_000;

  private final EmbeddedChannel clock = new EmbeddedChannel();
  final SignalingSession session;

  /** Sockets that were asked for, in order. */
  final List<Socket> sockets = new ArrayList<>();

  /** What the session told its owner. */
  final List<String> told = new ArrayList<>();

  boolean reachable = true;

  PlayedServer() {
    clock.freezeTime();
    session =
        new SignalingSession(
            clock.eventLoop(),
            this,
            () -> Hello.newBuilder().setToken("secret").setResumable(true).build(),
            this);
  }

  /** One socket of the client, seen from the other end. */
  static final class Socket implements Wire {
    final Wire.Listener listener;
    final List<ClientMessage> received = new ArrayList<>();
    boolean closed;
    boolean aborted;

    Socket(Wire.Listener listener) {
      this.listener = listener;
    }

    @Override
    public void send(ClientMessage message) {
      received.add(message);
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public void abort() {
      aborted = true;
    }

    ClientMessage last() {
      return received.getLast();
    }

    void say(ServerMessage.Builder message) {
      listener.received(message.build());
    }

    void welcome(boolean resumed) {
      say(
          ServerMessage.newBuilder()
              .setInReplyTo(received.getFirst().getRequestId())
              .setWelcome(
                  Welcome.newBuilder()
                      .setResumed(resumed)
                      .setResumeToken("session")
                      .setPingIntervalMs(PING_MILLIS)
                      .setTimeouts(Timeouts.newBuilder().setReconnectMs(RECONNECT_MILLIS))));
    }
  }

  @Override
  public CompletableFuture<Wire> open(Wire.Listener listener) {
    Socket socket = new Socket(listener);
    sockets.add(socket);
    return reachable
        ? CompletableFuture.completedFuture(socket)
        : CompletableFuture.failedFuture(new IllegalStateException("nobody there"));
  }

  Socket socket() {
    return sockets.getLast();
  }

  /** Turns the clock. */
  void pass(long millis) {
    clock.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    clock.runScheduledPendingTasks();
  }

  /** Signs in on the first socket. */
  PlayedServer welcomed() {
    var _ = session.open();
    socket().welcome(false);
    return this;
  }

  @Override
  public void message(ServerMessage message) {
    told.add("message " + message.getBodyCase());
  }

  @Override
  public void reconnecting() {
    told.add("reconnecting");
  }

  @Override
  public void reconnected() {
    told.add("reconnected");
  }

  @Override
  public void closed(String reason) {
    told.add("closed " + reason);
  }
}
