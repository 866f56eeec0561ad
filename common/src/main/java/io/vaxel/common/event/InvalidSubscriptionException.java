package io.vaxel.common.event;

/** What somebody wants as a subscription is not possible; the message says why. */
public final class InvalidSubscriptionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  InvalidSubscriptionException(String field, String message) {
    super(field + " " + message, null, false, false);
    this.field = field;
  }

  /** The field that is at fault, as JSON names it. */
  public String field() {
    return field;
  }
}
