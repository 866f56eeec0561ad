package io.vaxel.control.identity;

import io.vaxel.common.token.IssuedToken;

/**
 * A token in an answer.
 *
 * @param token the JWT
 * @param expiresOn when it ends: ISO 8601 with {@code Z}, which the Java SDK insists on
 */
record AccessTokenBody(String token, String expiresOn) {
  static AccessTokenBody of(IssuedToken token) {
    return new AccessTokenBody(token.token(), token.expiresAt().toString());
  }
}
