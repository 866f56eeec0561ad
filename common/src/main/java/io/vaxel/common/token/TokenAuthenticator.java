package io.vaxel.common.token;

/**
 * Checks user access tokens. Safe for any thread; may read the database, so it is called from
 * virtual threads only.
 */
@FunctionalInterface
public interface TokenAuthenticator {
  /**
   * Checks signature, lifetime and revocation.
   *
   * @param token the token as the client sent it, of any length and content
   * @throws InvalidTokenException when the token is not valid now
   */
  UserToken authenticate(String token) throws InvalidTokenException;
}
