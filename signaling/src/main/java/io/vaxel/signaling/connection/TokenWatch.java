package io.vaxel.signaling.connection;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.vaxel.common.token.UserToken;
import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.SignalingError;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the token of a session until it expires or is void. A revocation only says that it may be
 * void: the token is then checked again. Used on the session's loop.
 */
final class TokenWatch {
  /** Before the next try when the check itself was not possible. */
  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);

  private final EventExecutor loop;
  private final CallingServices services;
  private final BiConsumer<EndReason, SignalingError> onEnd;
  private @Nullable Future<?> expiryTimer;
  private @Nullable Future<?> checkTimer;
  private String token = "";
  private boolean stopped;

  /**
   * @param onEnd hears once, on the loop, that the token is of no use any more, and why
   */
  TokenWatch(
      EventExecutor loop, CallingServices services, BiConsumer<EndReason, SignalingError> onEnd) {
    this.loop = loop;
    this.services = services;
    this.onEnd = onEnd;
  }

  /**
   * Watches a token that was checked, in place of the one before; checks it again when something
   * was revoked since the mark.
   *
   * @param mark {@link Sessions#revocations} before the check
   */
  void begin(String checkedToken, UserToken checkedUser, long mark) {
    token = checkedToken;
    expireAt(checkedUser.expiresAt());
    if (mark != services.sessions().revocations()) {
      checkAgain();
    }
  }

  /** Watches a newer token of the same user; revocations since its check are not known. */
  void renew(String checkedToken, UserToken checkedUser) {
    token = checkedToken;
    expireAt(checkedUser.expiresAt());
    checkAgain();
  }

  /** Ends the watch. Idempotent. */
  void stop() {
    stopped = true;
    cancel(expiryTimer);
    cancel(checkTimer);
  }

  /** The token may be void. */
  void checkAgain() {
    if (stopped) {
      return;
    }
    cancel(checkTimer);
    String checked = token;
    services
        .tokens()
        .check(checked, verdict -> Loops.execute(loop, () -> checked(checked, verdict)));
  }

  private void checked(String checked, TokenCheck.Verdict verdict) {
    if (stopped || !checked.equals(token)) {
      return;
    }
    switch (verdict) {
      case TokenCheck.Accepted _ -> {}
      case TokenCheck.Refused(SignalingError error) when error.code() >= 500 ->
          checkTimer = later(BETWEEN_CHECKS, this::checkAgain);
      case TokenCheck.Refused(SignalingError error) when error == SignalingError.TOKEN_EXPIRED ->
          onEnd.accept(EndReason.TOKEN_EXPIRED, error);
      case TokenCheck.Refused _ ->
          onEnd.accept(EndReason.TOKEN_REVOKED, SignalingError.TOKEN_REVOKED);
    }
  }

  /** The wall clock may be set while the timer runs, so it is asked again when the timer fires. */
  private void expireAt(Instant end) {
    cancel(expiryTimer);
    Duration left = Duration.between(services.clock().instant(), end);
    expiryTimer =
        later(
            left,
            () -> {
              if (services.clock().instant().isBefore(end)) {
                expireAt(end);
              } else {
                onEnd.accept(EndReason.TOKEN_EXPIRED, SignalingError.TOKEN_EXPIRED);
              }
            });
  }

  private Future<?> later(Duration delay, Runnable task) {
    return loop.schedule(task, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
