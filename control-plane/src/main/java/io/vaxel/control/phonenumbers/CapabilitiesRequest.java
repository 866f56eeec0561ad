package io.vaxel.control.phonenumbers;

import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Capabilities in the body of a search.
 *
 * @param calling directions of calls
 * @param sms directions of messages
 */
record CapabilitiesRequest(
    @NotNull(message = "must be given") @Nullable CapabilityType calling,
    @NotNull(message = "must be given") @Nullable CapabilityType sms) {

  /** Both, after they were validated. */
  Capabilities toCapabilities() {
    return new Capabilities(Objects.requireNonNull(calling), Objects.requireNonNull(sms));
  }
}
