package io.vaxel.control;

import io.vaxel.common.limit.Rate;
import io.vaxel.common.limit.RateLimits;
import java.time.Duration;
import java.util.Map;

/**
 * What the services allow and keep.
 *
 * @param roomsKeptAfterEnd how long a room can be read after its end
 * @param limits how often operations may be called
 */
public record ServiceSettings(Duration roomsKeptAfterEnd, RateLimits limits) {
  /** What {@code reference.yaml} says, with its reasons. */
  public static ServiceSettings defaults() {
    return new ServiceSettings(
        Duration.ofDays(180),
        new RateLimits(
            10_000,
            Rate.parse("3000/30s"),
            Map.of(
                "identity-create", Rate.parse("1000/30s"),
                "identity-read", Rate.parse("1000/30s"),
                "identity-delete", Rate.parse("500/30s"),
                "identity-issue", Rate.parse("1000/30s"),
                "identity-revoke", Rate.parse("500/30s"),
                "identity-exchange", Rate.parse("500/30s"),
                "rooms-read", Rate.parse("1000/30s"),
                "rooms-write", Rate.parse("500/30s"),
                "resources-read", Rate.parse("12000/1h"),
                "resources-write", Rate.parse("1200/1h"))));
  }
}
