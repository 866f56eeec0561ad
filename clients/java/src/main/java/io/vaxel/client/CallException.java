package io.vaxel.client;

/** The server refused a request; code and sub-code are listed in docs/calling/errors.md. */
public final class CallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final int subCode;

  CallException(int code, int subCode, String message) {
    super(code + "/" + subCode + ": " + message);
    this.code = code;
    this.subCode = subCode;
  }

  /** Numbered like HTTP. */
  public int code() {
    return code;
  }

  /** Tells apart errors of the same code. */
  public int subCode() {
    return subCode;
  }
}
