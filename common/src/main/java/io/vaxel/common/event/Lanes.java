package io.vaxel.common.event;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How many deliveries are under way, to each endpoint and together, and how many may begin now: a
 * slow endpoint fills its own lane and no other. Thread-safe.
 */
final class Lanes {
  private final int most;
  private final int mostPerLane;
  private final Map<UUID, Lane> lanes = new HashMap<>();
  private int underWay;

  Lanes(int most, int mostPerLane) {
    this.most = most;
    this.mostPerLane = mostPerLane;
  }

  private static final class Lane {
    int underWay;

    /** When the endpoint's allowed rate was last counted from. */
    Instant counted = Instant.EPOCH;

    /** Deliveries that the rate allows, up to the number at once. */
    double allowed;
  }

  /** Takes as many places as there are for an endpoint, 0 when there is none. */
  synchronized int enter(EventSubscription subscription, Instant now) {
    Lane lane = lanes.computeIfAbsent(subscription.id(), id -> new Lane());
    int places = Math.min(most - underWay, mostPerLane - lane.underWay);
    Integer rate = subscription.allowedRate();
    if (rate != null) {
      double minutes =
          Duration.between(lane.counted, now).toMillis()
              / (double) Duration.ofMinutes(1).toMillis();
      lane.allowed = Math.min(mostPerLane, lane.allowed + Math.max(0, minutes) * rate);
      lane.counted = now;
      places = Math.min(places, (int) lane.allowed);
      lane.allowed -= places;
    }
    lane.underWay += places;
    underWay += places;
    return places;
  }

  /** Gives places back, unused or after their deliveries. */
  synchronized void leave(UUID subscription, int places) {
    Lane lane = lanes.get(subscription);
    if (lane == null || lane.underWay < places) {
      throw new IllegalStateException("more left a lane than entered it");
    }
    lane.underWay -= places;
    underWay -= places;
  }

  /** Forgets lanes without deliveries, so that those of deleted subscriptions do not pile up. */
  synchronized void tidy(Instant idleSince) {
    lanes.values().removeIf(lane -> lane.underWay == 0 && lane.counted.isBefore(idleSince));
  }
}
