package io.vaxel.common.token;

/** A user access token of ours whose time is over. */
public final class ExpiredTokenException extends InvalidTokenException {
  private static final long serialVersionUID = 1L;

  public ExpiredTokenException() {
    super("The token has expired.");
  }
}
