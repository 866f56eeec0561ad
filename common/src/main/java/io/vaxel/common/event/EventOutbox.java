package io.vaxel.common.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.common.background.Wakeup;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Where events are written, in the transaction of what they tell of: an event leaves if and only if
 * that commits, and is delivered at least once to each subscription that wants it. Safe for any
 * thread; blocks.
 */
public final class EventOutbox {
  private final EventLimits limits;
  private final ObjectMapper json;
  private final InstantSource clock;
  private final Wakeup wakeup;

  EventOutbox(EventLimits limits, ObjectMapper json, InstantSource clock, Wakeup wakeup) {
    this.limits = limits;
    this.json = json;
    this.clock = clock;
    this.wakeup = wakeup;
  }

  /**
   * Appends an event. Nothing is written when no subscription wants it. Events wait for a
   * subscription whose endpoint has not agreed yet, but not for one whose endpoint did not.
   *
   * @param sql in a transaction
   * @throws IllegalArgumentException when the data cannot be written as JSON or is too long
   */
  public void append(Handle sql, Event event) {
    if (!sql.isInTransaction()) {
      throw new IllegalStateException("an event is appended in a transaction");
    }
    List<EventSubscription> wanted =
        sql
            .createQuery(
                "select * from event_subscriptions"
                    + " where resource_id = :resource and state <> 'failed'")
            .bind("resource", event.resourceId().toString())
            .map((row, context) -> SubscriptionRows.read(row))
            .stream()
            .filter(subscription -> subscription.spec().wants(event.type(), event.subject()))
            .toList();
    if (wanted.isEmpty()) {
      return;
    }
    String data = written(event);
    String eventId = UUID.randomUUID().toString();
    long now = clock.millis();
    PreparedBatch batch = sql.prepareBatch(Deliveries.INSERT);
    for (EventSubscription subscription : wanted) {
      batch
          .bind("id", UUID.randomUUID().toString())
          .bind("subscription", subscription.id().toString())
          .bind("event", eventId)
          .bind("type", event.type())
          .bind("subject", event.subject())
          .bind("data", data)
          .bind("time", now)
          .bind("expires", now + subscription.spec().ttlMinutes() * 60_000L)
          .bind("now", now)
          .add();
    }
    batch.execute();
    sql.afterCommit(wakeup::wake);
  }

  private String written(Event event) {
    String data;
    try {
      data = json.writeValueAsString(event.data());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the data of " + event.type() + " is not JSON", e);
    }
    if (data.length() > limits.dataLength()) {
      throw new IllegalArgumentException("the data of " + event.type() + " is too long");
    }
    return data;
  }
}
