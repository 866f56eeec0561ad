package io.vaxel.control.phonenumbers;

/**
 * What a number can do.
 *
 * @param calling directions of calls
 * @param sms directions of messages
 */
public record Capabilities(CapabilityType calling, CapabilityType sms) {
  /** Whether everything of the other is in this. */
  public boolean covers(Capabilities other) {
    return calling.covers(other.calling) && sms.covers(other.sms);
  }

  /** Whether it can do nothing at all. */
  boolean isNothing() {
    return calling == CapabilityType.NONE && sms == CapabilityType.NONE;
  }
}
