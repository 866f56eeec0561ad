package io.vaxel.control.identity;

import org.jspecify.annotations.Nullable;

/**
 * Answer to "create".
 *
 * @param identity the new user
 * @param accessToken the token, when one was asked for
 */
record IdentityBody(Id identity, @Nullable AccessTokenBody accessToken) {
  /**
   * A user.
   *
   * @param id the raw id
   */
  record Id(String id) {}
}
