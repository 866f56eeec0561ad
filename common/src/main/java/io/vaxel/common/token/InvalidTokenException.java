package io.vaxel.common.token;

/**
 * A user access token that is malformed, forged, expired or revoked. The message never holds the
 * token.
 */
public sealed class InvalidTokenException extends Exception permits ExpiredTokenException {
  private static final long serialVersionUID = 1L;

  public InvalidTokenException(String message) {
    super(message);
  }
}
