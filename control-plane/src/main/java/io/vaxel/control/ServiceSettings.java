package io.vaxel.control;

import io.vaxel.common.limit.Rate;
import io.vaxel.common.limit.RateLimits;
import io.vaxel.control.phonenumbers.PhoneNumberLimits;
import java.time.Duration;
import java.util.Map;

/**
 * What the services allow and keep.
 *
 * @param roomsKeptAfterEnd how long a room can be read after its end
 * @param phoneNumbers limits of searching and reserving phone numbers
 * @param limits how often operations may be called
 */
public record ServiceSettings(
    Duration roomsKeptAfterEnd, PhoneNumberLimits phoneNumbers, RateLimits limits) {
  /** What {@code reference.yaml} says, with its reasons. */
  public static ServiceSettings defaults() {
    return new ServiceSettings(
        Duration.ofDays(180),
        PhoneNumberLimits.defaults(),
        new RateLimits(
            10_000,
            Rate.parse("3000/30s"),
            Map.ofEntries(
                Map.entry("identity-create", Rate.parse("1000/30s")),
                Map.entry("identity-read", Rate.parse("1000/30s")),
                Map.entry("identity-delete", Rate.parse("500/30s")),
                Map.entry("identity-issue", Rate.parse("1000/30s")),
                Map.entry("identity-revoke", Rate.parse("500/30s")),
                Map.entry("identity-exchange", Rate.parse("500/30s")),
                Map.entry("rooms-read", Rate.parse("1000/30s")),
                Map.entry("rooms-write", Rate.parse("500/30s")),
                Map.entry("numbers-read", Rate.parse("1000/30s")),
                Map.entry("numbers-write", Rate.parse("200/30s")),
                Map.entry("resources-read", Rate.parse("12000/1h")),
                Map.entry("resources-write", Rate.parse("1200/1h")))));
  }

  /** The same with other limits. */
  public ServiceSettings with(RateLimits other) {
    return new ServiceSettings(roomsKeptAfterEnd, phoneNumbers, other);
  }
}
