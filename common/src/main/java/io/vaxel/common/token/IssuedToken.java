package io.vaxel.common.token;

import java.time.Instant;

/**
 * A token that was just made.
 *
 * @param token the token itself, a secret
 * @param expiresAt when it ends, in whole seconds
 */
public record IssuedToken(String token, Instant expiresAt) {
  /** Leaves out the token. */
  @Override
  public String toString() {
    return "IssuedToken[expiresAt=" + expiresAt + "]";
  }
}
