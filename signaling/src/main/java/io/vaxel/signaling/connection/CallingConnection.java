package io.vaxel.signaling.connection;

import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import io.vaxel.common.token.TokenRevocations.Revocation;
import io.vaxel.common.token.UserToken;
import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.TokenBucket;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Hello;
import io.vaxel.signaling.proto.Notice;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.Welcome;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the calling protocol: frames, Hello, rates, silence, the end of the token. Runs
 * on the connection's loop, except where a method says otherwise.
 */
final class CallingConnection {
  private static final int SILENT_INTERVALS = 3;
  private static final int MAX_DISPLAY_NAME = 256;
  private static final int MAX_SDK = 64;
  private static final double BYTES_PER_TOKEN = 16 << 10;

  private final ChannelHandlerContext context;
  private final String id;
  private final CallingServices services;
  private final ConnectionLimits limits;
  private final Ticker ticker;
  private final Outbox outbox;
  private final TokenBucket messages;
  private final TokenBucket refusals;
  private final TokenWatch token;

  private @Nullable Future<?> helloTimer;
  private @Nullable Future<?> silenceTimer;
  private @Nullable CallingSession session;
  private boolean greeted;
  private boolean closed;
  private long heardAt;

  /**
   * @param id names the connection in logs and in Welcome
   */
  CallingConnection(ChannelHandlerContext context, String id, CallingServices services) {
    this.context = context;
    this.id = id;
    this.services = services;
    this.limits = services.limits();
    this.ticker = context.executor().ticker();
    this.outbox = new Outbox(context, id, limits.outputBytes());
    this.messages = new TokenBucket(ticker, limits.messagesPerSecond(), limits.burst());
    this.refusals = new TokenBucket(ticker, limits.refusedPerSecond(), limits.refusedBurst());
    this.token = new TokenWatch(context.executor(), services, this::tokenEnded);
    this.helloTimer = later(limits.helloTimeout(), () -> fail(0, SignalingError.HELLO_TIMEOUT));
  }

  /** Takes a whole message; its buffer stays the caller's. */
  void receive(WebSocketFrame frame) {
    if (closed) {
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

  /** The channel is closed. Idempotent. */
  void gone() {
    closed = true;
    outbox.abandon();
    endSession();
  }

  /** Tells the client that the server stops, and says goodbye. Any thread. */
  void stop() {
    context
        .executor()
        .execute(
            () -> {
              endCall(EndReason.SERVER_STOPPING);
              notice(Notice.Kind.SERVER_STOPPING, SignalingError.SERVER_STOPPING.message());
              close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, "server stopping");
            });
  }

  /** Somebody's tokens may be void. Any thread. */
  void heard(Revocation revocation) {
    try {
      context.executor().execute(() -> token.heard(revocation));
    } catch (RejectedExecutionException e) {
      // The loop has stopped, and the connection with it.
      outbox.abandon();
    }
  }

  private void decode(WebSocketFrame frame) {
    ClientMessage message;
    try {
      message = ClientMessage.parseFrom(frame.content().nioBuffer());
    } catch (InvalidProtocolBufferException e) {
      fail(0, SignalingError.MALFORMED_MESSAGE);
      return;
    }
    long requestId = message.getRequestId();
    if (!messages.take(1 + Math.floor(frame.content().readableBytes() / BYTES_PER_TOKEN))) {
      if (refusals.take(1)) {
        refuse(requestId, SignalingError.TOO_MANY_MESSAGES);
      } else {
        fail(requestId, SignalingError.TOO_MANY_MESSAGES);
      }
    } else if (session != null) {
      if (requestId == 0) {
        refuse(0, SignalingError.INVALID_REQUEST_ID);
      } else {
        session.handle(message);
      }
    } else if (message.hasHello() && !greeted) {
      greeted = true;
      hello(requestId, message.getHello());
    } else {
      fail(requestId, SignalingError.HELLO_EXPECTED);
    }
  }

  private void hello(long requestId, Hello hello) {
    if (hello.getDisplayName().length() > MAX_DISPLAY_NAME) {
      fail(requestId, SignalingError.INVALID_DISPLAY_NAME);
      return;
    }
    if (hello.getSdkName().length() > MAX_SDK || hello.getSdkVersion().length() > MAX_SDK) {
      fail(requestId, SignalingError.INVALID_SDK);
      return;
    }
    LocalDate sunset = services.sdkVersions().sunset(hello.getSdkName(), hello.getSdkVersion());
    if (sunset != null && !today().isBefore(sunset)) {
      fail(requestId, SignalingError.SDK_RETIRED);
      return;
    }
    long mark = token.mark();
    services
        .tokens()
        .check(
            hello.getToken(),
            verdict ->
                context.executor().execute(() -> checked(requestId, hello, mark, sunset, verdict)));
  }

  private void checked(
      long requestId,
      Hello hello,
      long mark,
      @Nullable LocalDate sunset,
      TokenCheck.Verdict verdict) {
    if (closed) {
      return;
    }
    switch (verdict) {
      case TokenCheck.Refused(SignalingError error) -> fail(requestId, error);
      case TokenCheck.Accepted(UserToken user) -> {
        token.begin(hello.getToken(), user, mark);
        welcome(requestId, user, hello.getDisplayName(), hello.getReceivesCalls(), sunset);
      }
    }
  }

  private void welcome(
      long requestId,
      UserToken user,
      String displayName,
      boolean receivesCalls,
      @Nullable LocalDate sunset) {
    cancel(helloTimer);
    helloTimer = null;
    session =
        new CallingSession(
            context.executor(),
            outbox,
            services.calls(),
            services.rooms(),
            services.tokens(),
            limits.waiting(),
            user,
            displayName,
            token::renew);
    if (receivesCalls && !session.receiveCalls()) {
      fail(requestId, SignalingError.TOO_MANY_DEVICES);
      return;
    }
    outbox.send(
        ServerMessage.newBuilder()
            .setInReplyTo(requestId)
            .setWelcome(
                Welcome.newBuilder()
                    .setUserId(user.userId())
                    .setConnectionId(id)
                    .setServerVersion(services.serverVersion())
                    .setSdkSunset(sunset == null ? "" : sunset.toString())
                    .setPingIntervalMs((int) limits.pingInterval().toMillis()))
            .build());
    if (sunset != null) {
      notice(
          Notice.Kind.SDK_DEPRECATED,
          "This version of the client library is served until " + sunset + "; update it.");
    }
    awaitSilence(silence());
  }

  private void tokenEnded(EndReason reason, SignalingError error) {
    endCall(reason);
    fail(0, error);
  }

  private void endCall(EndReason reason) {
    if (session != null && session.isInCall()) {
      outbox.send(ServerMessages.callEnded(reason));
    }
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
                close(WebSocketCloseStatus.POLICY_VIOLATION, "silent for too long");
              }
            });
  }

  private void notice(Notice.Kind kind, String message) {
    outbox.send(
        ServerMessage.newBuilder()
            .setNotice(Notice.newBuilder().setKind(kind).setMessage(message))
            .build());
  }

  private void refuse(long requestId, SignalingError error) {
    outbox.send(ServerMessages.error(requestId, error, error.message()));
  }

  private void fail(long requestId, SignalingError error) {
    refuse(requestId, error);
    close(
        error == SignalingError.MESSAGE_TOO_LARGE
            ? WebSocketCloseStatus.MESSAGE_TOO_BIG
            : WebSocketCloseStatus.POLICY_VIOLATION,
        "error " + error.subCode());
  }

  /** Leaves the call now, whether or not the peer still reads the goodbye. */
  private void close(WebSocketCloseStatus status, String reason) {
    if (closed) {
      return;
    }
    closed = true;
    outbox.close(status, reason);
    endSession();
    if (context.channel().isActive()) {
      helloTimer = later(limits.helloTimeout(), outbox::cutOff);
    }
  }

  private void endSession() {
    cancel(helloTimer);
    cancel(silenceTimer);
    token.stop();
    if (session != null) {
      session.close();
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(services.clock().instant(), ZoneOffset.UTC);
  }

  private Future<?> later(Duration delay, Runnable task) {
    return context.executor().schedule(task, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
