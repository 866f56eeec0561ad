package io.vaxel.signaling.connection;

import io.vaxel.common.token.UserToken;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.call.CallTimeouts;
import io.vaxel.signaling.proto.Hello;
import io.vaxel.signaling.proto.Notice;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.Timeouts;
import io.vaxel.signaling.proto.Welcome;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Hello and its answer: checks the client's version and its token, then begins a session or finds
 * the one to go on with. On the socket's loop.
 */
final class Greeting {
  private static final int MAX_DISPLAY_NAME = 256;
  private static final int MAX_SDK = 64;

  private final CallingConnection connection;
  private final CallingServices services;
  private boolean heard;
  private long requestId;

  Greeting(CallingConnection connection, CallingServices services) {
    this.connection = connection;
    this.services = services;
  }

  /** Whether the client has said Hello. */
  boolean isHeard() {
    return heard;
  }

  /** The request that said it. */
  long requestId() {
    return requestId;
  }

  /** Takes the only Hello of a socket. */
  void hear(long helloRequestId, Hello hello) {
    heard = true;
    requestId = helloRequestId;
    if (hello.getDisplayName().length() > MAX_DISPLAY_NAME) {
      refuse(SignalingError.INVALID_DISPLAY_NAME);
      return;
    }
    if (hello.getSdkName().length() > MAX_SDK || hello.getSdkVersion().length() > MAX_SDK) {
      refuse(SignalingError.INVALID_SDK);
      return;
    }
    LocalDate sunset = services.sdkVersions().sunset(hello.getSdkName(), hello.getSdkVersion());
    if (sunset != null && !today().isBefore(sunset)) {
      refuse(SignalingError.SDK_RETIRED);
      return;
    }
    long mark = services.sessions().revocations();
    services
        .tokens()
        .check(
            hello.getToken(),
            verdict ->
                Loops.execute(connection.loop(), () -> checked(hello, mark, sunset, verdict)));
  }

  private void checked(
      Hello hello, long mark, @Nullable LocalDate sunset, TokenCheck.Verdict verdict) {
    if (connection.isClosed()) {
      return;
    }
    switch (verdict) {
      case TokenCheck.Refused(SignalingError error) -> refuse(error);
      case TokenCheck.Accepted(UserToken user) when hello.getResumeToken().isEmpty() ->
          begin(hello, user, mark, sunset);
      case TokenCheck.Accepted(UserToken user) -> resume(hello, user, mark, sunset);
    }
  }

  private void begin(Hello hello, UserToken user, long mark, @Nullable LocalDate sunset) {
    CallingSession session = CallingSession.begin(connection, services, hello, user, mark);
    if (session == null) {
      refuse(SignalingError.TOO_MANY_DEVICES);
      return;
    }
    SessionMemory memory = session.memory();
    String resumeToken = memory == null ? "" : memory.secret().resumeToken();
    connection.attach(session);
    connection.outbox().send(welcome(user, sunset, resumeToken, false));
    if (sunset != null) {
      session.notice(
          Notice.Kind.SDK_DEPRECATED,
          "This version of the client library is served until " + sunset + "; update it.");
    }
  }

  private void resume(Hello hello, UserToken user, long mark, @Nullable LocalDate sunset) {
    CallingSession session = services.sessions().find(hello.getResumeToken());
    if (session == null || !session.isOf(user)) {
      refuse(SignalingError.SESSION_OVER);
    } else {
      ServerMessage welcome = welcome(user, sunset, hello.getResumeToken(), true);
      session.resume(connection, hello, user, mark, welcome);
    }
  }

  private ServerMessage welcome(
      UserToken user, @Nullable LocalDate sunset, String resumeToken, boolean resumed) {
    return ServerMessage.newBuilder()
        .setInReplyTo(requestId)
        .setWelcome(
            Welcome.newBuilder()
                .setUserId(user.userId())
                .setConnectionId(connection.id())
                .setServerVersion(services.serverVersion())
                .setSdkSunset(sunset == null ? "" : sunset.toString())
                .setPingIntervalMs(millis(services.settings().connections().pingInterval()))
                .setResumeToken(resumeToken)
                .setResumed(resumed)
                .setTimeouts(toProto(services.calls().timeouts())))
        .build();
  }

  private static Timeouts toProto(CallTimeouts timeouts) {
    return Timeouts.newBuilder()
        .setReconnectMs(millis(timeouts.reconnect()))
        .setModalityMs(millis(timeouts.modality()))
        .setTransferMs(millis(timeouts.transfer()))
        .setCallSetupMs(millis(timeouts.callSetup()))
        .setGroupCallSetupMs(millis(timeouts.groupCallSetup()))
        .setPstnCallSetupMs(millis(timeouts.pstnCallSetup()))
        .setPromotionMs(millis(timeouts.promotion()))
        .build();
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }

  private void refuse(SignalingError error) {
    connection.fail(requestId, error);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(services.clock().instant(), ZoneOffset.UTC);
  }
}
