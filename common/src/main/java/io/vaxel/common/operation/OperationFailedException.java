package io.vaxel.common.operation;

/** An operation that cannot be done, for a reason that its caller is told. */
public final class OperationFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient OperationError error;

  public OperationFailedException(String code, String message) {
    // Failing is ordinary work: no stack trace is taken.
    super(message, null, false, false);
    this.error = new OperationError(code, message);
  }

  /** What the caller is told. */
  public OperationError error() {
    return error;
  }
}
