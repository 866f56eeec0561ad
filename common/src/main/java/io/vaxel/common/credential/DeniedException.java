package io.vaxel.common.credential;

/** A request whose credential does not hold. The message goes to the caller. */
public final class DeniedException extends Exception {
  private static final long serialVersionUID = 1L;

  public DeniedException(String message) {
    // Refusing is ordinary work: no stack trace is taken.
    super(message, null, false, false);
  }
}
