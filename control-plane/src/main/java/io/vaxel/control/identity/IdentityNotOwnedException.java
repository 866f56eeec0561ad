package io.vaxel.control.identity;

/** The user does not exist, or belongs to another resource; a caller is not told which. */
public final class IdentityNotOwnedException extends Exception {
  private static final long serialVersionUID = 1L;

  public IdentityNotOwnedException() {
    // Refusing is ordinary work: no stack trace is taken.
    super("The identity does not belong to the resource.", null, false, false);
  }
}
