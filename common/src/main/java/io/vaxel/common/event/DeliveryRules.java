package io.vaxel.common.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an endpoint's answer, as Event Grid documents it.
 *
 * @see <a href="https://learn.microsoft.com/azure/event-grid/delivery-and-retry">Event Grid message
 *     delivery and retry</a>
 */
final class DeliveryRules {
  /** Pauses after the first, second, third attempt and so on; the last one repeats. */
  static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12));

  /** Reasons of dead letters, in Event Grid's words. */
  static final String MAX_ATTEMPTS = "MaxDeliveryAttemptsExceeded";

  static final String EXPIRED = "TimeToLiveExceeded";
  static final String REFUSED = "UndeliverableDueToClientError";
  static final String OVERFLOW = "TooManyWaiting";

  private static final Set<Integer> SUCCESSES = Set.of(200, 201, 202, 203, 204);

  /** The endpoint will never take this event: it is not tried again. */
  private static final Set<Integer> HOPELESS = Set.of(400, 401, 403, 404, 413);

  /** A tenth at most, so that deliveries which failed together do not come back together. */
  private static final double JITTER = 0.1;

  private final RandomGenerator random;

  DeliveryRules(RandomGenerator random) {
    this.random = random;
  }

  /** What to do with a delivery now. */
  sealed interface Verdict {}

  /** It arrived. */
  record Delivered() implements Verdict {}

  /** It is tried again then. */
  record Again(Instant at, String outcome) implements Verdict {}

  /**
   * It is given up.
   *
   * @param outcome of the last attempt; null when it is written there already
   */
  record Dead(String reason, @Nullable String outcome) implements Verdict {}

  /** After an answer with this HTTP status. */
  Verdict afterStatus(Delivery delivery, int status, Instant now) {
    if (SUCCESSES.contains(status)) {
      return new Delivered();
    }
    String outcome = "HTTP " + status;
    if (HOPELESS.contains(status)) {
      return new Dead(REFUSED, outcome);
    }
    Duration least =
        switch (status) {
          case 408 -> Duration.ofMinutes(2);
          case 503 -> Duration.ofSeconds(30);
          default -> Duration.ZERO;
        };
    return again(delivery, least, outcome, now);
  }

  /** After no answer. */
  Verdict afterFailure(Delivery delivery, String what, Instant now) {
    return again(delivery, Duration.ZERO, what, now);
  }

  private Verdict again(Delivery delivery, Duration least, String outcome, Instant now) {
    if (delivery.attempt() >= delivery.subscription().spec().maxAttempts()) {
      return new Dead(MAX_ATTEMPTS, outcome);
    }
    Duration planned = PAUSES.get(Math.min(delivery.attempt(), PAUSES.size()) - 1);
    Duration pause = planned.compareTo(least) < 0 ? least : planned;
    Instant next =
        now.plus(pause).plusMillis((long) (pause.toMillis() * JITTER * random.nextDouble()));
    // No later than its end, where it is found to be over.
    return new Again(next.isAfter(delivery.expiresAt()) ? delivery.expiresAt() : next, outcome);
  }

  /** Before an attempt: whether it is over already. */
  boolean isOver(Delivery delivery, Instant now) {
    return !now.isBefore(delivery.expiresAt());
  }

  /** Before an attempt: whether there were too many, the last of which nobody saw the end of. */
  boolean isWornOut(Delivery delivery) {
    return delivery.attempt() > delivery.subscription().spec().maxAttempts();
  }
}
