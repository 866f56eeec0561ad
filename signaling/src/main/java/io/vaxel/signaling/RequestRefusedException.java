package io.vaxel.signaling;

/**
 * A request that failed and changed nothing. It is an answer, not a mishap: it has no stack trace.
 */
public final class RequestRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final SignalingError error;

  public RequestRefusedException(SignalingError error) {
    this(error, "");
  }

  /**
   * @param detail what was wrong in this request, for people; may be empty and holds no secret
   */
  public RequestRefusedException(SignalingError error, String detail) {
    super(detail.isEmpty() ? error.message() : error.message() + " " + detail, null, false, false);
    this.error = error;
  }

  /** What the client is told; {@link #getMessage()} is the text that goes with it. */
  public SignalingError error() {
    return error;
  }
}
