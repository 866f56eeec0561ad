package io.vaxel.common.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vaxel.common.background.Wakeup;
import io.vaxel.common.storage.Database;
import java.net.URI;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/** Events put together: the outbox, subscriptions, delivery, dead letters. Safe for any thread. */
public final class EventService implements AutoCloseable {
  private final EventOutbox outbox;
  private final EventSubscriptions subscriptions;
  private final DeadLetters deadLetters;
  private final Handshakes handshakes;
  private final EventDispatcher dispatcher;

  /**
   * What can be set.
   *
   * @param publicEndpoint where endpoints reach the server for validation, with a slash at its end
   * @param allowPrivateAddresses whether endpoints may be on loopback and private networks
   */
  public record Settings(URI publicEndpoint, boolean allowPrivateAddresses, EventLimits limits) {
    /** The defaults of reference.yaml. */
    public static Settings of(URI publicEndpoint) {
      return new Settings(publicEndpoint, true, EventLimits.defaults());
    }
  }

  /**
   * Made on a database, not started.
   *
   * @param topics the topic of a resource in its events: its id in Resource Manager
   */
  public EventService(
      Database database, Settings settings, Function<UUID, String> topics, InstantSource clock) {
    this(
        database,
        settings,
        topics,
        clock,
        new HttpEndpointClient(new EndpointAddresses(settings.allowPrivateAddresses())),
        // Looked up for each number: threads may not share one.
        () -> ThreadLocalRandom.current().nextLong());
  }

  /** With another way to ask endpoints and other chance, for tests. */
  EventService(
      Database database,
      Settings settings,
      Function<UUID, String> topics,
      InstantSource clock,
      EndpointClient endpoints,
      RandomGenerator random) {
    EventLimits limits = settings.limits();
    ObjectMapper json = JsonMapper.builder().build();
    Wakeup wakeup = new Wakeup();
    EventMessages messages =
        new EventMessages(json, settings.publicEndpoint(), topics, limits.answerTime());
    this.outbox = new EventOutbox(limits, json, clock, wakeup);
    this.subscriptions = new EventSubscriptions(database, limits, clock, wakeup);
    this.deadLetters = new DeadLetters(database, limits, clock, wakeup);
    this.handshakes = new Handshakes(database, limits, messages, endpoints, json, clock, wakeup);
    this.dispatcher =
        new EventDispatcher(
            limits,
            new Deliveries(database, limits, clock),
            new DeliveryRules(random),
            deadLetters,
            handshakes,
            messages,
            endpoints,
            clock,
            wakeup);
  }

  /** Begins to deliver. Once only. */
  public void start() {
    dispatcher.start();
  }

  /**
   * Delivers everything that is due now, on this thread, instead of {@link #start}.
   *
   * @throws InterruptedException when the thread is to stop
   */
  public void runDue() throws InterruptedException {
    dispatcher.runDue();
  }

  /** Where events are appended. */
  public EventOutbox outbox() {
    return outbox;
  }

  /** Who wants events. */
  public EventSubscriptions subscriptions() {
    return subscriptions;
  }

  /** Events that could not be delivered. */
  public DeadLetters deadLetters() {
    return deadLetters;
  }

  /**
   * Somebody opened the validation URL of a subscription.
   *
   * @return whether the subscription is active now; false when the code is wrong or too old
   */
  public boolean confirm(UUID subscription, String code) {
    return handshakes.confirm(subscription, code);
  }

  /**
   * Removes something of a resource that is being deleted, in the caller's transaction.
   *
   * @param most how many rows at most
   * @return how many were removed; fewer than {@code most} when nothing is left
   */
  public int removeSome(Handle sql, UUID resourceId, int most) {
    int removed = Deliveries.removeSome(sql, resourceId, most);
    removed += removed < most ? DeadLetters.removeSome(sql, resourceId, most - removed) : 0;
    removed += removed < most ? EventSubscriptions.removeSome(sql, resourceId, most - removed) : 0;
    return removed;
  }

  /** Stops to deliver; takes ten seconds at most. What is under way is delivered again later. */
  @Override
  public void close() {
    dispatcher.close();
  }
}
