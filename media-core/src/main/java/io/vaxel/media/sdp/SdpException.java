package io.vaxel.media.sdp;

/**
 * A session description that cannot be used. The message says why in words for the one who wrote
 * it, and names the line where one is to blame; it never repeats more than a few characters of the
 * input.
 */
public final class SdpException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  /** A fault of the whole description. */
  public SdpException(String reason) {
    super(reason);
    this.line = 0;
  }

  /** A fault of one line, counted from 1. */
  public SdpException(int line, String reason) {
    super("line " + line + ": " + reason);
    this.line = line;
  }

  /** The line at fault, counted from 1; 0 when it is the whole. */
  public int line() {
    return line;
  }
}
