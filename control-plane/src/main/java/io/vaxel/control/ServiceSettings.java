package io.vaxel.control;

import java.time.Duration;

/**
 * What the services allow and keep.
 *
 * @param roomsKeptAfterEnd how long a room can be read after its end
 */
public record ServiceSettings(Duration roomsKeptAfterEnd) {
  /** What {@code reference.yaml} says. */
  public static ServiceSettings defaults() {
    return new ServiceSettings(Duration.ofDays(180));
  }
}
