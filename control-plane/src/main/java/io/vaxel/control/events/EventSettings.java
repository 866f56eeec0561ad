package io.vaxel.control.events;

import io.vaxel.common.event.SubscriptionSpec;
import java.util.List;

/**
 * What can be set of events.
 *
 * @param allowPrivateAddresses whether endpoints may be on this machine and private networks
 * @param subscriptions made or updated at start
 */
public record EventSettings(boolean allowPrivateAddresses, List<Configured> subscriptions) {
  public EventSettings {
    subscriptions = List.copyOf(subscriptions);
  }

  /**
   * A subscription of the configuration.
   *
   * @param resource name of its resource
   */
  public record Configured(String resource, String name, SubscriptionSpec spec) {}

  /** What {@code reference.yaml} says. */
  public static EventSettings defaults() {
    return new EventSettings(true, List.of());
  }
}
