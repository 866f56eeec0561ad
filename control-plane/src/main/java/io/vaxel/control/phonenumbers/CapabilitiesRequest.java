package io.vaxel.control.phonenumbers;

import org.jspecify.annotations.Nullable;

/**
 * Capabilities in the body of a search.
 *
 * @param calling directions of calls
 * @param sms directions of messages
 */
record CapabilitiesRequest(@Nullable CapabilityType calling, @Nullable CapabilityType sms) {

  /** Both, which must both be given. */
  Capabilities toCapabilities() {
    return new Capabilities(
        Queries.given(calling, "capabilities.calling"), Queries.given(sms, "capabilities.sms"));
  }
}
