package io.vaxel.common.event;

import io.vaxel.common.background.Poller;
import io.vaxel.common.background.Wakeup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is in the outbox and tries handshakes, on virtual threads. Several processes may do
 * so on one database. A delivery whose process was killed is made again when its lease runs out.
 */
final class EventDispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
  private static final int HANDSHAKES_AT_ONCE = 16;

  private final Deliveries deliveries;
  private final DeliveryRules rules;
  private final DeadLetters deadLetters;
  private final Handshakes handshakes;
  private final EventMessages messages;
  private final EndpointClient endpoints;
  private final InstantSource clock;
  private final Wakeup wakeup;
  private final Lanes lanes;
  private final Semaphore handshakePlaces = new Semaphore(HANDSHAKES_AT_ONCE);
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Poller poller;
  private Instant nextSweep = Instant.MIN;

  EventDispatcher(
      EventLimits limits,
      Deliveries deliveries,
      DeliveryRules rules,
      DeadLetters deadLetters,
      Handshakes handshakes,
      EventMessages messages,
      EndpointClient endpoints,
      InstantSource clock,
      Wakeup wakeup) {
    this.deliveries = deliveries;
    this.rules = rules;
    this.deadLetters = deadLetters;
    this.handshakes = handshakes;
    this.messages = messages;
    this.endpoints = endpoints;
    this.clock = clock;
    this.wakeup = wakeup;
    this.lanes = new Lanes(limits.concurrent(), limits.concurrentPerSubscription());
    this.poller = new Poller("events", wakeup, limits.poll(), this::look);
  }

  void start() {
    poller.start();
  }

  /** Does everything that is due now, on this thread. */
  void runDue() throws InterruptedException {
    sweep();
    for (Handshakes.Attempt attempt : handshakes.takeDue(HANDSHAKES_AT_ONCE)) {
      handshakes.attempt(attempt);
    }
    boolean more = true;
    while (more) {
      more = false;
      for (EventSubscription subscription : deliveries.subscriptionsDue()) {
        int places = lanes.enter(subscription, clock.instant());
        try {
          List<Delivery> taken = deliveries.take(subscription, places);
          for (Delivery delivery : taken) {
            deliver(delivery);
          }
          more |= !taken.isEmpty();
        } finally {
          lanes.leave(subscription.id(), places);
        }
      }
    }
  }

  private void look() {
    sweep();
    shakeHands();
    for (EventSubscription subscription : deliveries.subscriptionsDue()) {
      int places = lanes.enter(subscription, clock.instant());
      int used = 0;
      try {
        if (places > 0) {
          for (Delivery delivery : deliveries.take(subscription, places)) {
            executor.execute(() -> deliverAndLeave(delivery));
            used++;
          }
        }
      } catch (RejectedExecutionException e) {
        // Stopping: what was taken is due again when its lease runs out.
        return;
      } finally {
        lanes.leave(subscription.id(), places - used);
      }
    }
  }

  private void shakeHands() {
    int places = handshakePlaces.drainPermits();
    int used = 0;
    try {
      if (places > 0) {
        for (Handshakes.Attempt attempt : handshakes.takeDue(places)) {
          executor.execute(() -> attemptAndLeave(attempt));
          used++;
        }
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("Stopping: a handshake is tried at the next start");
    } finally {
      handshakePlaces.release(places - used);
    }
  }

  private void attemptAndLeave(Handshakes.Attempt attempt) {
    try {
      handshakes.attempt(attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("The handshake of {} failed", attempt.subscription().name(), e);
    } finally {
      handshakePlaces.release();
    }
  }

  private void deliverAndLeave(Delivery delivery) {
    try {
      deliver(delivery);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The lease runs out, and it is delivered again.
      LOG.warn("What came of an event for {} is lost", delivery.subscription().name(), e);
    } finally {
      lanes.leave(delivery.subscription().id(), 1);
      wakeup.wake();
    }
  }

  private void deliver(Delivery delivery) throws InterruptedException {
    deliveries.settle(delivery, attempted(delivery));
  }

  private DeliveryRules.Verdict attempted(Delivery delivery) throws InterruptedException {
    Instant now = clock.instant();
    if (rules.isOver(delivery, now)) {
      return new DeliveryRules.Dead(DeliveryRules.EXPIRED, null);
    }
    if (rules.isWornOut(delivery)) {
      return new DeliveryRules.Dead(DeliveryRules.MAX_ATTEMPTS, null);
    }
    try {
      int status = endpoints.ask(messages.notification(delivery)).status();
      return rules.afterStatus(delivery, status, clock.instant());
    } catch (IOException e) {
      return rules.afterFailure(delivery, String.valueOf(e.getMessage()), clock.instant());
    }
  }

  private void sweep() {
    Instant now = clock.instant();
    if (now.isBefore(nextSweep)) {
      return;
    }
    handshakes.sweep();
    deliveries.sweep();
    deadLetters.sweep();
    lanes.tidy(now.minus(SWEEP_EVERY));
    nextSweep = now.plus(SWEEP_EVERY);
  }

  /**
   * Begins no more deliveries and waits five seconds for those under way; what is cut off then is
   * made again by whoever has the database next.
   */
  @Override
  public void close() {
    poller.close();
    executor.shutdown();
    try {
      if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
        executor.shutdownNow();
        executor.awaitTermination(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
    endpoints.close();
  }
}
