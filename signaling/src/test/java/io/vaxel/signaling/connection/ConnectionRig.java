package io.vaxel.signaling.connection;

import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vaxel.common.http.WebSocketClosed;
import io.vaxel.common.token.InvalidTokenException;
import io.vaxel.common.token.TokenAuthenticator;
import io.vaxel.common.token.TokenScope;
import io.vaxel.common.token.UserToken;
import io.vaxel.signaling.call.CallEnvironment;
import io.vaxel.signaling.call.CallLimits;
import io.vaxel.signaling.call.CallTimeouts;
import io.vaxel.signaling.call.Calls;
import io.vaxel.signaling.call.Devices;
import io.vaxel.signaling.call.FakeMedia;
import io.vaxel.signaling.call.TelephoneNetwork;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Hello;
import io.vaxel.signaling.proto.Join;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.room.FakeRooms;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The endpoint with fakes around it: no socket, no thread, time by hand. */
final class ConnectionRig implements AutoCloseable {
  static final String GROUP = "29228d3e-040e-4656-a70e-890ab4e173e5";
  static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  private final EmbeddedChannel callLoop = new EmbeddedChannel();
  final FakeMedia media = new FakeMedia(callLoop.eventLoop());
  final Calls calls =
      new Calls(
          new CallEnvironment(
              media,
              CallLimits.defaults(),
              CallTimeouts.defaults(),
              new Devices(10),
              TelephoneNetwork.NONE,
              () -> now(),
              () -> UUID.randomUUID().toString()));
  final FakeRooms rooms = new FakeRooms();
  final CallingEndpoint endpoint;

  /** Token checks that wait, when {@link #holdChecks} is set. */
  final Queue<Runnable> heldChecks = new ArrayDeque<>();

  private final List<Peer> peers = new ArrayList<>();

  /** Tokens that are void although they look good. */
  final Set<String> revoked = new HashSet<>();

  boolean holdChecks;
  Instant now = START;

  ConnectionRig() {
    this(CallingSettings.defaults());
  }

  ConnectionRig(ConnectionLimits limits) {
    this(new CallingSettings(limits, SessionLimits.defaults()));
  }

  ConnectionRig(SessionLimits limits) {
    this(new CallingSettings(ConnectionLimits.defaults(), limits));
  }

  private ConnectionRig(CallingSettings settings) {
    callLoop.freezeTime();
    SdkVersions versions =
        new SdkVersions(
            List.of(
                new SdkVersions.Release(
                    "old-sdk", 1, 0, LocalDate.of(2024, 1, 1), LocalDate.of(2026, 11, 23)),
                new SdkVersions.Release(
                    "old-sdk", 1, 1, LocalDate.of(2025, 1, 1), LocalDate.of(2027, 2, 1)),
                new SdkVersions.Release("old-sdk", 1, 2, LocalDate.of(2025, 6, 1), null)));
    endpoint =
        new CallingEndpoint(
            calls,
            rooms,
            authenticator(),
            task -> {
              if (holdChecks) {
                heldChecks.add(task);
              } else {
                task.run();
              }
            },
            () -> now,
            versions,
            settings,
            "1.2.3");
  }

  /**
   * Tokens look like "alice voip 3600": user, scope, seconds that they last from {@link #START}.
   */
  private TokenAuthenticator authenticator() {
    return token -> {
      if (revoked.contains(token)) {
        throw new InvalidTokenException("revoked");
      }
      if (token.equals("broken database")) {
        throw new IllegalStateException("no database");
      }
      if (!token.matches("\\w* [a-z.]+ \\d{1,6}")) {
        throw new InvalidTokenException("not a token");
      }
      String[] parts = token.split(" ", -1);
      return new UserToken(
          "8:acs:" + parts[0],
          "resource",
          TokenScope.of(parts[1]).map(Set::of).orElse(Set.of()),
          START,
          START.plusSeconds(Long.parseLong(parts[2])));
    };
  }

  private Instant now() {
    return now;
  }

  Peer connect() {
    Peer peer = new Peer();
    peers.add(peer);
    return peer;
  }

  /**
   * Everybody is gone and nobody comes back: disconnects, lets sessions run out, and frees what
   * nobody read, so that a leak is always the server's.
   */
  @Override
  public void close() {
    peers.forEach(Peer::disconnect);
    advance(CallTimeouts.defaults().reconnect());
    runCalls();
    peers.forEach(peer -> peer.channel.releaseOutbound());
  }

  /** Greeted and with its Welcome read. */
  Peer welcomed(String user) {
    Peer peer = connect();
    peer.hello(user + " voip 36000");
    peer.read();
    return peer;
  }

  /** Time goes on for the calls; the wall clock is set by {@link #now}. */
  void advanceCalls(Duration time) {
    callLoop.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    runCalls();
  }

  void runCalls() {
    callLoop.runPendingTasks();
  }

  /** Time goes on for everything. */
  void advance(Duration time) {
    now = now.plus(time);
    peers.forEach(peer -> peer.channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS));
    callLoop.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    settle();
  }

  /** Runs everything until nothing moves. */
  void settle() {
    for (int i = 0; i < 3; i++) {
      peers.forEach(peer -> peer.channel.runPendingTasks());
      runCalls();
    }
    peers.forEach(peer -> peer.channel.runPendingTasks());
    peers.forEach(peer -> peer.channel.checkException());
  }

  /** The far end of one connection. */
  final class Peer {
    private final EmbeddedChannel channel;
    private final List<ChannelPromise> unread = new ArrayList<>();
    private boolean reading = true;
    private long lastRequest;
    private boolean open = true;
    @Nullable String goodbye;

    Peer() {
      channel = new EmbeddedChannel();
      channel.freezeTime();
      channel
          .pipeline()
          .addLast(
              new ChannelOutboundHandlerAdapter() {
                @Override
                public void write(
                    ChannelHandlerContext context, Object message, ChannelPromise promise) {
                  if (reading) {
                    var written = context.write(message, promise);
                    if (message instanceof CloseWebSocketFrame) {
                      // A client that reads agrees at once, and the front door closes.
                      written.addListener(_ -> Peer.this.disconnect());
                    }
                  } else {
                    ReferenceCountUtil.release(message);
                    unread.add(promise);
                  }
                }

                @Override
                public void close(ChannelHandlerContext context, ChannelPromise promise) {
                  Peer.this.disconnect();
                  promise.setSuccess();
                }
              },
              endpoint.newHandler());
    }

    void stopReading() {
      reading = false;
    }

    long hello(String token) {
      return send(ClientMessage.newBuilder().setHello(Hello.newBuilder().setToken(token)));
    }

    long hello(Hello.Builder hello) {
      return send(ClientMessage.newBuilder().setHello(hello));
    }

    long join() {
      return send(ClientMessage.newBuilder().setJoin(Join.newBuilder().setGroupId(GROUP)));
    }

    long send(ClientMessage.Builder message) {
      return sendAs(++lastRequest, message);
    }

    /** Requests of a resumed session go on with its numbers. */
    long sendAs(long requestId, ClientMessage.Builder message) {
      lastRequest = Math.max(lastRequest, requestId);
      sendBytes(message.setRequestId(requestId).build().toByteArray());
      return requestId;
    }

    void sendBytes(byte[] bytes) {
      sendFrame(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
    }

    /** Without running the loops of calls. */
    void sendFrame(WebSocketFrame frame) {
      channel.writeInbound(frame);
      channel.runPendingTasks();
    }

    void advance(Duration time) {
      now = now.plus(time);
      tick(time);
    }

    /** Time goes on, the wall clock does not. */
    void tick(Duration time) {
      channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
      channel.runPendingTasks();
    }

    /** Runs everything until nothing moves, then reads. */
    List<ServerMessage> read() {
      settle();
      List<ServerMessage> messages = new ArrayList<>();
      for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
        if (out instanceof CloseWebSocketFrame close) {
          goodbye = close.reasonText();
        } else if (out instanceof BinaryWebSocketFrame frame) {
          messages.add(parse(frame));
        } else {
          throw new AssertionError("unexpected " + out);
        }
        ReferenceCountUtil.release(out);
      }
      return messages;
    }

    private static ServerMessage parse(BinaryWebSocketFrame frame) {
      try {
        return ServerMessage.parseFrom(frame.content().nioBuffer());
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }

    /** The only message there is. */
    ServerMessage readOne() {
      List<ServerMessage> messages = read();
      if (messages.size() != 1) {
        throw new AssertionError("expected one message: " + messages);
      }
      return messages.getFirst();
    }

    boolean isOpen() {
      return open;
    }

    /** The socket breaks, and what was on its way to the client is lost. */
    void cut() {
      channel.releaseOutbound();
      disconnect();
      channel.releaseOutbound();
    }

    /** Closes with a close frame, as the front door tells of it. */
    void close(int status) {
      channel.pipeline().fireUserEventTriggered(new WebSocketClosed(status));
      disconnect();
    }

    /** The socket is gone. Its loop lives on, as a real one would: it carries other sockets. */
    void disconnect() {
      if (open) {
        open = false;
        channel.pipeline().fireChannelInactive();
        channel.runPendingTasks();
      }
    }
  }
}
