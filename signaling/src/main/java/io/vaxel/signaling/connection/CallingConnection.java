package io.vaxel.signaling.connection;

import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.TokenBucket;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Notice;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One socket of the calling protocol: frames, rates, silence. Its Hello begins a session or goes on
 * with one; what follows is the session's. Runs on the socket's loop, except where a method says
 * otherwise.
 */
final class CallingConnection {
  private static final int SILENT_INTERVALS = 3;
  private static final double BYTES_PER_TOKEN = 16 << 10;

  private final ChannelHandlerContext context;
  private final String id;
  private final ConnectionLimits limits;
  private final Ticker ticker;
  private final Outbox outbox;
  private final TokenBucket messages;
  private final TokenBucket refusals;
  private final Greeting greeting;

  private @Nullable Future<?> helloTimer;
  private @Nullable Future<?> silenceTimer;
  private @Nullable CallingSession session;
  private boolean failed;
  private boolean closed;
  private long heardAt;

  /**
   * @param id names the connection in logs and in Welcome
   */
  CallingConnection(ChannelHandlerContext context, String id, CallingServices services) {
    this.context = context;
    this.id = id;
    this.limits = services.settings().connections();
    this.ticker = context.executor().ticker();
    this.outbox = new Outbox(context, id, limits.outputBytes());
    this.messages = new TokenBucket(ticker, limits.messagesPerSecond(), limits.burst());
    this.refusals = new TokenBucket(ticker, limits.refusedPerSecond(), limits.refusedBurst());
    this.greeting = new Greeting(this, services);
    this.helloTimer = later(limits.helloTimeout(), () -> fail(0, SignalingError.HELLO_TIMEOUT));
  }

  /** Names the connection in logs. Any thread. */
  String id() {
    return id;
  }

  /** The socket's loop. Any thread. */
  EventExecutor loop() {
    return context.executor();
  }

  /** What is written to the socket. Any thread. */
  Outbox outbox() {
    return outbox;
  }

  boolean isClosed() {
    return closed;
  }

  /** Takes a whole message; its buffer stays the caller's. */
  void receive(WebSocketFrame frame) {
    if (closed || failed) {
      return;
    }
    heardAt = ticker.nanoTime();
    if (frame.content().readableBytes() > limits.messageBytes()) {
      fail(0, SignalingError.MESSAGE_TOO_LARGE);
    } else if (frame instanceof BinaryWebSocketFrame) {
      decode(frame);
    } else if (frame instanceof TextWebSocketFrame) {
      fail(0, SignalingError.MALFORMED_MESSAGE);
    }
  }

  /** A message arrived that is longer than the limit. */
  void receiveTooLong() {
    if (!closed) {
      fail(0, SignalingError.MESSAGE_TOO_LARGE);
    }
  }

  /** The client closes the socket and does not mean to come back. */
  void goodbye() {
    if (session != null) {
      session.goodbye(this);
    }
  }

  /** The channel is closed. Idempotent. */
  void gone() {
    closed = true;
    outbox.abandon();
    left();
  }

  /** Says goodbye to a client that has no session yet: the server stops. Any thread. */
  void stop() {
    Loops.execute(
        loop(),
        () -> {
          if (session == null) {
            SignalingError stopping = SignalingError.SERVER_STOPPING;
            outbox.send(ServerMessages.notice(Notice.Kind.SERVER_STOPPING, stopping.message()));
            closeOnLoop(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, "server stopping");
          }
        });
  }

  /** Belongs to a session from now on. Any thread. */
  void attach(CallingSession to) {
    Loops.run(
        loop(),
        () -> {
          session = to;
          cancel(helloTimer);
          helloTimer = null;
          if (closed) {
            to.lost(this);
          } else {
            awaitSilence(silence());
          }
        });
  }

  /** The session that Hello asked for is not to be had. Any thread. */
  void refuseHello(SignalingError error) {
    Loops.run(loop(), () -> fail(greeting.requestId(), error));
  }

  /** Says goodbye after everything that was sent before. Any thread. */
  void close(WebSocketCloseStatus status, String reason) {
    Loops.run(loop(), () -> closeOnLoop(status, reason));
  }

  /** Tells an error and ends; a session that broke the protocol ends with its socket. */
  void fail(long requestId, SignalingError error) {
    failed = true;
    if (session != null) {
      session.fail(this, requestId, error);
    } else {
      refuse(requestId, error);
      closeOnLoop(statusOf(error), reasonOf(error));
    }
  }

  /** What the socket is closed with after an error. */
  static WebSocketCloseStatus statusOf(SignalingError error) {
    return error == SignalingError.MESSAGE_TOO_LARGE
        ? WebSocketCloseStatus.MESSAGE_TOO_BIG
        : WebSocketCloseStatus.POLICY_VIOLATION;
  }

  /** The reason that goes with it. */
  static String reasonOf(SignalingError error) {
    return "error " + error.subCode();
  }

  private void decode(WebSocketFrame frame) {
    ClientMessage message;
    try {
      message = ClientMessage.parseFrom(frame.content().nioBuffer());
    } catch (InvalidProtocolBufferException e) {
      fail(0, SignalingError.MALFORMED_MESSAGE);
      return;
    }
    if (!messages.take(1 + Math.floor(frame.content().readableBytes() / BYTES_PER_TOKEN))) {
      if (!refusals.take(1)) {
        fail(message.getRequestId(), SignalingError.TOO_MANY_MESSAGES);
      } else if (session != null) {
        session.receive(this, message, SignalingError.TOO_MANY_MESSAGES);
      } else {
        refuse(message.getRequestId(), SignalingError.TOO_MANY_MESSAGES);
      }
    } else if (session != null) {
      session.receive(this, message, null);
    } else if (message.hasHello() && !greeting.isHeard()) {
      greeting.hear(message.getRequestId(), message.getHello());
    } else {
      fail(message.getRequestId(), SignalingError.HELLO_EXPECTED);
    }
  }

  private void refuse(long requestId, SignalingError error) {
    outbox.send(ServerMessages.error(requestId, error, error.message()));
  }

  private Duration silence() {
    return limits.pingInterval().multipliedBy(SILENT_INTERVALS);
  }

  private void awaitSilence(Duration wait) {
    silenceTimer =
        later(
            wait,
            () -> {
              Duration quiet = Duration.ofNanos(ticker.nanoTime() - heardAt);
              if (quiet.compareTo(silence()) < 0) {
                awaitSilence(silence().minus(quiet));
              } else {
                closeOnLoop(WebSocketCloseStatus.POLICY_VIOLATION, "silent for too long");
              }
            });
  }

  /** The session loses the socket now, whether or not the peer still reads the goodbye. */
  private void closeOnLoop(WebSocketCloseStatus status, String reason) {
    if (closed) {
      return;
    }
    closed = true;
    outbox.close(status, reason);
    left();
    if (context.channel().isActive()) {
      helloTimer = later(limits.helloTimeout(), outbox::cutOff);
    }
  }

  private void left() {
    cancel(helloTimer);
    cancel(silenceTimer);
    if (session != null) {
      session.lost(this);
    }
  }

  private Future<?> later(Duration delay, Runnable task) {
    return loop().schedule(task, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
