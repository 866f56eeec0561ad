package io.vaxel.signaling.connection;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.vaxel.common.token.TokenRevocations.Revocation;
import io.vaxel.common.token.UserToken;
import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.SignalingError;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the token of a connection until it expires or is void. A revocation only says that it may
 * be void: the token is then checked again. Used on the connection's loop.
 */
final class TokenWatch {
  /** Before the next try when the check itself was not possible. */
  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);

  private final EventExecutor loop;
  private final CallingServices services;
  private final BiConsumer<EndReason, SignalingError> onEnd;
  private @Nullable Future<?> expiryTimer;
  private @Nullable Future<?> checkTimer;
  private @Nullable UserToken user;
  private String token = "";
  private long revocationsHeard;
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

  /** What {@link #begin} is told, taken before the token is checked for the first time. */
  long mark() {
    return revocationsHeard;
  }

  /** Watches a token that was checked; again when something was revoked since the mark. */
  void begin(String checkedToken, UserToken checkedUser, long mark) {
    token = checkedToken;
    user = checkedUser;
    expireAt(checkedUser.expiresAt());
    if (mark != revocationsHeard) {
      checkAgain();
    }
  }

  /** Watches a newer token of the same user; revocations since its check are not known. */
  void renew(String checkedToken, UserToken checkedUser) {
    token = checkedToken;
    user = checkedUser;
    expireAt(checkedUser.expiresAt());
    checkAgain();
  }

  /** Somebody's tokens may be void. */
  void heard(Revocation revocation) {
    revocationsHeard++;
    if (user != null && revocation.concerns(user.resourceId(), user.userId())) {
      checkAgain();
    }
  }

  /** Ends the watch. Idempotent. */
  void stop() {
    stopped = true;
    cancel(expiryTimer);
    cancel(checkTimer);
  }

  private void checkAgain() {
    cancel(checkTimer);
    String checked = token;
    services.tokens().check(checked, verdict -> onLoop(() -> checked(checked, verdict)));
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

  private void onLoop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      // The connection's loop has stopped, and the connection with it.
      return;
    }
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
