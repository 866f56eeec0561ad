package io.vaxel.signaling.connection;

import io.vaxel.common.token.ExpiredTokenException;
import io.vaxel.common.token.InvalidTokenException;
import io.vaxel.common.token.TokenAuthenticator;
import io.vaxel.common.token.TokenScope;
import io.vaxel.common.token.UserToken;
import io.vaxel.signaling.SignalingError;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks access tokens away from the loops, so many at once and no more. Safe for any thread. */
final class TokenCheck {
  private static final Logger log = LoggerFactory.getLogger(TokenCheck.class);

  private final TokenAuthenticator authenticator;
  private final InstantSource clock;
  private final Executor blocking;
  private final Semaphore permits;

  /**
   * @param blocking runs checks that may block, such as one virtual thread each
   * @param atOnce checks that may run at the same time; one more gets SERVER_BUSY
   */
  TokenCheck(TokenAuthenticator authenticator, InstantSource clock, Executor blocking, int atOnce) {
    this.authenticator = authenticator;
    this.clock = clock;
    this.blocking = blocking;
    this.permits = new Semaphore(atOnce);
  }

  /**
   * Checks a token.
   *
   * @param result gets the verdict once, on any thread
   */
  void check(String token, Consumer<Verdict> result) {
    if (!permits.tryAcquire()) {
      result.accept(new Refused(SignalingError.SERVER_BUSY));
      return;
    }
    try {
      blocking.execute(
          () -> {
            Verdict verdict;
            try {
              verdict = verdict(token);
            } finally {
              permits.release();
            }
            result.accept(verdict);
          });
    } catch (RejectedExecutionException e) {
      permits.release();
      result.accept(new Refused(SignalingError.SERVER_STOPPING));
    }
  }

  private Verdict verdict(String token) {
    UserToken user;
    try {
      user = authenticator.authenticate(token);
    } catch (ExpiredTokenException e) {
      return new Refused(SignalingError.TOKEN_EXPIRED);
    } catch (InvalidTokenException e) {
      return new Refused(SignalingError.TOKEN_INVALID);
    } catch (RuntimeException e) {
      log.error("An access token could not be checked", e);
      return new Refused(SignalingError.INTERNAL);
    }
    if (!user.expiresAt().isAfter(clock.instant())) {
      return new Refused(SignalingError.TOKEN_EXPIRED);
    }
    if (!user.scopes().contains(TokenScope.VOIP) && !user.scopes().contains(TokenScope.VOIP_JOIN)) {
      return new Refused(SignalingError.SCOPE_MISSING);
    }
    return new Accepted(user);
  }

  /** What came out. */
  sealed interface Verdict {}

  /** The token is valid now and allows calling. */
  record Accepted(UserToken user) implements Verdict {}

  /** The token is not good enough, or could not be checked. */
  record Refused(SignalingError error) implements Verdict {}
}
