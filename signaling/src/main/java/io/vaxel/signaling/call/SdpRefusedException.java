package io.vaxel.signaling.call;

/**
 * A session description that cannot be used. The message says why and may be shown to the client.
 */
public final class SdpRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  public SdpRefusedException(String message) {
    super(message, null, false, false);
  }
}
