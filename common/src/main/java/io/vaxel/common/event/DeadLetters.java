package io.vaxel.common.event;

import io.vaxel.common.background.Wakeup;
import io.vaxel.common.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Events that could not be delivered, kept for a while so that an operator can see and replay them.
 * Safe for any thread; blocks.
 */
public final class DeadLetters {
  private static final int REPLAY_BATCH = 500;
  private static final int SWEEP_BATCH = 10_000;

  private final Database database;
  private final EventLimits limits;
  private final InstantSource clock;
  private final Wakeup wakeup;

  DeadLetters(Database database, EventLimits limits, InstantSource clock, Wakeup wakeup) {
    this.database = database;
    this.limits = limits;
    this.clock = clock;
    this.wakeup = wakeup;
  }

  /** What came of a replay. */
  public enum Replay {
    /** It is on its way again, with all its attempts and a new time to live. */
    DONE,
    /** There is no such dead letter. */
    NOT_FOUND,
    /** Its subscription is gone. */
    NO_SUBSCRIPTION
  }

  /**
   * Dead letters of a resource, the oldest first.
   *
   * @param afterTime and {@code afterId}: begins behind this one; the epoch and an empty text begin
   *     with the first
   * @param limit how many at most
   */
  public List<DeadLetter> list(UUID resourceId, Instant afterTime, String afterId, int limit) {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(
                        "select * from dead_letters where resource_id = :resource and (dead_at"
                            + " > :time or (dead_at = :time and id > :id))"
                            + " order by dead_at, id limit :limit")
                    .bind("resource", resourceId.toString())
                    .bind("time", afterTime.toEpochMilli())
                    .bind("id", afterId)
                    .bind("limit", limit)
                    .map((row, context) -> read(row))
                    .list());
  }

  /** Sends one again. */
  public Replay replay(UUID resourceId, UUID id) {
    Replay result = database.inTransaction(sql -> replay(sql, resourceId, id.toString()));
    wakeup.wake();
    return result;
  }

  /**
   * Sends all again whose subscription is still there, in transactions of some hundred each.
   *
   * @return how many
   */
  public long replayAll(UUID resourceId) {
    // Not those that die meanwhile, or an endpoint that refuses at once would never let this end.
    long until = clock.millis();
    long replayed = 0;
    int batch;
    do {
      batch =
          database.inTransaction(
              sql -> {
                int done = 0;
                for (String id : replayable(sql, resourceId, until)) {
                  done += replay(sql, resourceId, id) == Replay.DONE ? 1 : 0;
                }
                return done;
              });
      replayed += batch;
      wakeup.wake();
    } while (batch > 0);
    return replayed;
  }

  private static List<String> replayable(Handle sql, UUID resourceId, long until) {
    return sql.createQuery(
            "select d.id from dead_letters d join event_subscriptions s"
                + " on s.resource_id = d.resource_id and s.name = d.subscription_name"
                + " where d.resource_id = :resource and d.dead_at <= :until"
                + " order by d.dead_at, d.id limit "
                + REPLAY_BATCH)
        .bind("resource", resourceId.toString())
        .bind("until", until)
        .mapTo(String.class)
        .list();
  }

  private Replay replay(Handle sql, UUID resourceId, String id) {
    Optional<DeadLetter> letter =
        sql.createQuery("select * from dead_letters where id = :id and resource_id = :resource")
            .bind("id", id)
            .bind("resource", resourceId.toString())
            .map((row, context) -> read(row))
            .findOne();
    if (letter.isEmpty()) {
      return Replay.NOT_FOUND;
    }
    Optional<EventSubscription> subscription =
        EventSubscriptions.find(sql, resourceId, letter.get().subscriptionName());
    if (subscription.isEmpty()) {
      return Replay.NO_SUBSCRIPTION;
    }
    if (!remove(sql, resourceId, id)) {
      return Replay.NOT_FOUND;
    }
    DeadLetter again = letter.get();
    long now = clock.millis();
    sql.createUpdate(Deliveries.INSERT)
        .bind("id", again.id().toString())
        .bind("subscription", subscription.get().id().toString())
        .bind("event", again.eventId())
        .bind("type", again.eventType())
        .bind("subject", again.subject())
        .bind("data", again.data())
        .bind("time", again.eventTime().toEpochMilli())
        .bind("expires", now + subscription.get().spec().ttlMinutes() * 60_000L)
        .bind("now", now)
        .execute();
    return Replay.DONE;
  }

  /**
   * Removes one.
   *
   * @return whether it was there
   */
  public boolean delete(UUID resourceId, UUID id) {
    return database.inTransaction(sql -> remove(sql, resourceId, id.toString()));
  }

  private static boolean remove(Handle sql, UUID resourceId, String id) {
    return sql.createUpdate("delete from dead_letters where id = :id and resource_id = :resource")
            .bind("id", id)
            .bind("resource", resourceId.toString())
            .execute()
        > 0;
  }

  /** Removes what is too old, and the oldest of what is too much. */
  void sweep() {
    long old = clock.instant().minus(limits.deadLetterAge()).toEpochMilli();
    database.useTransaction(
        sql ->
            sql.createUpdate("delete from dead_letters where dead_at <= :old")
                .bind("old", old)
                .execute());
    List<String> full =
        database
            .jdbi()
            .withHandle(
                sql ->
                    sql.createQuery(
                            "select resource_id from dead_letters group by resource_id"
                                + " having count(*) > :most")
                        .bind("most", limits.deadLettersPerResource())
                        .mapTo(String.class)
                        .list());
    for (String resource : full) {
      database.useTransaction(
          sql ->
              sql.createUpdate(
                      "delete from dead_letters where resource_id = :resource and id in"
                          + " (select id from dead_letters where resource_id = :resource"
                          + " order by dead_at desc, id desc limit "
                          + SWEEP_BATCH
                          + " offset :most)")
                  .bind("resource", resource)
                  .bind("most", limits.deadLettersPerResource())
                  .execute());
    }
  }

  static int removeSome(Handle sql, UUID resourceId, int most) {
    return sql.createUpdate(
            "delete from dead_letters where id in (select id from dead_letters"
                + " where resource_id = :resource limit :most)")
        .bind("resource", resourceId.toString())
        .bind("most", most)
        .execute();
  }

  /**
   * Makes dead letters of deliveries, in the caller's transaction.
   *
   * @param which condition on the deliveries {@code d}
   * @param outcome of the last attempt; null keeps what is written there
   * @param bound binds what the condition names
   */
  static void bury(
      Handle sql,
      String which,
      String reason,
      @Nullable String outcome,
      long now,
      UnaryOperator<Update> bound) {
    Update insert =
        bound
            .apply(
                sql.createUpdate(
                    "insert into dead_letters (id, resource_id, subscription_name, event_id,"
                        + " event_type, subject, data, event_time, attempts, reason, last_outcome,"
                        + " dead_at) select d.id, s.resource_id, s.name, d.event_id, d.event_type,"
                        + " d.subject, d.data, d.event_time, d.attempts, :reason, "
                        + (outcome == null ? "d.last_outcome" : ":outcome")
                        + ", :deadAt from event_deliveries d"
                        + " join event_subscriptions s on s.id = d.subscription_id where "
                        + which
                        + " on conflict (id) do nothing"))
            .bind("reason", reason)
            .bind("deadAt", now);
    if (outcome != null) {
      insert.bind("outcome", outcome);
    }
    insert.execute();
    bound
        .apply(
            sql.createUpdate(
                "delete from event_deliveries where id in"
                    + " (select d.id from event_deliveries d where "
                    + which
                    + ")"))
        .execute();
  }

  private static DeadLetter read(ResultSet row) throws SQLException {
    return new DeadLetter(
        UUID.fromString(row.getString("id")),
        row.getString("subscription_name"),
        row.getString("event_id"),
        row.getString("event_type"),
        row.getString("subject"),
        row.getString("data"),
        Instant.ofEpochMilli(row.getLong("event_time")),
        row.getInt("attempts"),
        row.getString("reason"),
        row.getString("last_outcome"),
        Instant.ofEpochMilli(row.getLong("dead_at")));
  }
}
