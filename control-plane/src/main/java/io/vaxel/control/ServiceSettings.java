package io.vaxel.control;

import io.vaxel.control.phonenumbers.PhoneNumberLimits;
import java.time.Duration;

/**
 * What the services allow and keep.
 *
 * @param roomsKeptAfterEnd how long a room can be read after its end
 * @param phoneNumbers limits of searching and reserving phone numbers
 */
public record ServiceSettings(Duration roomsKeptAfterEnd, PhoneNumberLimits phoneNumbers) {
  /** What {@code reference.yaml} says. */
  public static ServiceSettings defaults() {
    return new ServiceSettings(Duration.ofDays(180), PhoneNumberLimits.defaults());
  }
}
