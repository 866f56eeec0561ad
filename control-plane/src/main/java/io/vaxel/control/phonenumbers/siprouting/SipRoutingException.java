package io.vaxel.control.phonenumbers.siprouting;

/** A configuration that is not valid. Nothing was changed. */
final class SipRoutingException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code a name that programs compare; those of ACS where it has one
   * @param message says what is wrong and what would be right
   */
  SipRoutingException(String code, String message) {
    // Refusing is ordinary work: no stack trace is taken.
    super(message, null, false, false);
    this.code = code;
  }

  String code() {
    return code;
  }
}
