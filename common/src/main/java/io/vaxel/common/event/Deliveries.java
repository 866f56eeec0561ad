package io.vaxel.common.event;

import io.vaxel.common.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The deliveries in the outbox, for any number of processes on one database: what is due is taken
 * by a conditional update and is due again when its lease runs out. Safe for any thread; blocks.
 */
final class Deliveries {
  static final String INSERT =
      "insert into event_deliveries (id, subscription_id, event_id, event_type, subject, data,"
          + " event_time, expires_at, attempts, due_at, last_outcome, version) values (:id,"
          + " :subscription, :event, :type, :subject, :data, :time, :expires, 0, :now, '', 0)";

  private static final int SWEEP_BATCH = 10_000;

  private final Database database;
  private final EventLimits limits;
  private final InstantSource clock;

  Deliveries(Database database, EventLimits limits, InstantSource clock) {
    this.database = database;
    this.limits = limits;
    this.clock = clock;
  }

  /** The active subscriptions that something is due for. */
  List<EventSubscription> subscriptionsDue() {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(
                        "select * from event_subscriptions s where s.state = 'active' and exists"
                            + " (select 1 from event_deliveries d where d.subscription_id = s.id"
                            + " and d.due_at <= :now) order by s.id")
                    .bind("now", clock.millis())
                    .map((row, context) -> SubscriptionRows.read(row))
                    .list());
  }

  /** Takes deliveries of a subscription that are due, so many at most. */
  List<Delivery> take(EventSubscription subscription, int most) {
    Instant now = clock.instant();
    return database.inTransaction(
        sql -> {
          List<Delivery> taken = new ArrayList<>();
          for (Delivery candidate : due(sql, subscription, most, now)) {
            if (lease(sql, candidate, now)) {
              taken.add(candidate);
            }
          }
          return taken;
        });
  }

  private static List<Delivery> due(
      Handle sql, EventSubscription subscription, int most, Instant now) {
    return sql.createQuery(
            "select * from event_deliveries where subscription_id = :subscription"
                + " and due_at <= :now order by due_at, id limit :most")
        .bind("subscription", subscription.id().toString())
        .bind("now", now.toEpochMilli())
        .bind("most", most)
        .map(
            (row, context) ->
                new Delivery(
                    UUID.fromString(row.getString("id")),
                    subscription,
                    row.getString("event_id"),
                    row.getString("event_type"),
                    row.getString("subject"),
                    row.getString("data"),
                    Instant.ofEpochMilli(row.getLong("event_time")),
                    Instant.ofEpochMilli(row.getLong("expires_at")),
                    row.getInt("attempts") + 1,
                    row.getLong("version") + 1))
        .list();
  }

  private boolean lease(Handle sql, Delivery candidate, Instant now) {
    return sql.createUpdate(
                "update event_deliveries set attempts = :attempt, due_at = :due,"
                    + " version = version + 1 where id = :id and version = :version - 1")
            .bind("attempt", candidate.attempt())
            .bind("due", now.plus(limits.lease()).toEpochMilli())
            .bind("id", candidate.id().toString())
            .bind("version", candidate.version())
            .execute()
        > 0;
  }

  /** Writes what came of a delivery; nothing when somebody else has taken it since. */
  void settle(Delivery delivery, DeliveryRules.Verdict verdict) {
    database.useTransaction(
        sql -> {
          switch (verdict) {
            case DeliveryRules.Delivered done -> remove(sql, delivery);
            case DeliveryRules.Again again -> postpone(sql, delivery, again);
            case DeliveryRules.Dead dead -> bury(sql, delivery, dead);
          }
        });
  }

  private static void remove(Handle sql, Delivery delivery) {
    sql.createUpdate("delete from event_deliveries where id = :id and version = :version")
        .bind("id", delivery.id().toString())
        .bind("version", delivery.version())
        .execute();
  }

  private static void postpone(Handle sql, Delivery delivery, DeliveryRules.Again again) {
    sql.createUpdate(
            "update event_deliveries set due_at = :due, last_outcome = :outcome,"
                + " version = version + 1 where id = :id and version = :version")
        .bind("due", again.at().toEpochMilli())
        .bind("outcome", again.outcome())
        .bind("id", delivery.id().toString())
        .bind("version", delivery.version())
        .execute();
  }

  private void bury(Handle sql, Delivery delivery, DeliveryRules.Dead dead) {
    DeadLetters.bury(
        sql,
        "d.id = :id and d.version = :version",
        dead.reason(),
        dead.outcome(),
        clock.millis(),
        bindings ->
            bindings.bind("id", delivery.id().toString()).bind("version", delivery.version()));
  }

  static int removeSome(Handle sql, UUID resourceId, int most) {
    return sql.createUpdate(
            "delete from event_deliveries where id in (select d.id from event_deliveries d"
                + " join event_subscriptions s on s.id = d.subscription_id"
                + " where s.resource_id = :resource limit :most)")
        .bind("resource", resourceId.toString())
        .bind("most", most)
        .execute();
  }

  /**
   * Buries what is over in subscriptions that get nothing, and the oldest of what is too much.
   * Subscriptions that get something find what is over when it is due.
   */
  void sweep() {
    long now = clock.millis();
    database.useTransaction(
        sql ->
            DeadLetters.bury(
                sql,
                "d.expires_at <= :until and d.subscription_id in"
                    + " (select id from event_subscriptions where state <> 'active')",
                DeliveryRules.EXPIRED,
                null,
                now,
                bindings -> bindings.bind("until", now)));
    for (String subscription : overflowing()) {
      database.useTransaction(
          sql ->
              DeadLetters.bury(
                  sql,
                  "d.id in (select o.id from event_deliveries o where o.subscription_id = :full"
                      + " order by o.event_time desc, o.id desc limit "
                      + SWEEP_BATCH
                      + " offset :most)",
                  DeliveryRules.OVERFLOW,
                  null,
                  now,
                  bindings ->
                      bindings
                          .bind("full", subscription)
                          .bind("most", limits.waitingPerSubscription())));
    }
  }

  private List<String> overflowing() {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(
                        "select subscription_id from event_deliveries group by subscription_id"
                            + " having count(*) > :most")
                    .bind("most", limits.waitingPerSubscription())
                    .mapTo(String.class)
                    .list());
  }
}
