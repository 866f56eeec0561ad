package io.vaxel.common.event;

import io.vaxel.common.background.Wakeup;
import io.vaxel.common.storage.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Who wants which events of a resource. A new subscription, and one whose endpoint or header
 * changes, gets events only once its endpoint has agreed. Safe for any thread; blocks.
 */
public final class EventSubscriptions {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{3,64}");

  private final Database database;
  private final EventLimits limits;
  private final InstantSource clock;
  private final Wakeup wakeup;

  EventSubscriptions(Database database, EventLimits limits, InstantSource clock, Wakeup wakeup) {
    this.database = database;
    this.limits = limits;
    this.clock = clock;
    this.wakeup = wakeup;
  }

  /** What came of a change. */
  public sealed interface Change {}

  /** It is so now. */
  public record Done(EventSubscription subscription, boolean created) implements Change {}

  /** Somebody else changed it meanwhile, or it is gone; nothing has changed. */
  public record Stale() implements Change {}

  /** The resource has as many as it may; nothing has changed. */
  public record Full(int most) implements Change {}

  /** The subscriptions of a resource by name. */
  public List<EventSubscription> list(UUID resourceId) {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(
                        "select * from event_subscriptions where resource_id = :resource"
                            + " order by name")
                    .bind("resource", resourceId.toString())
                    .map((row, context) -> SubscriptionRows.read(row))
                    .list());
  }

  /** A subscription, if there is one of this name. */
  public Optional<EventSubscription> find(UUID resourceId, String name) {
    return database.jdbi().withHandle(sql -> find(sql, resourceId, name));
  }

  static Optional<EventSubscription> find(Handle sql, UUID resourceId, String name) {
    return sql.createQuery(
            "select * from event_subscriptions where resource_id = :resource and name = :name")
        .bind("resource", resourceId.toString())
        .bind("name", name)
        .map((row, context) -> SubscriptionRows.read(row))
        .findOne();
  }

  /**
   * Makes or replaces a subscription, and begins its handshake when it is not active, or its
   * endpoint, schema or header is another one. Events that wait for it go by the new terms.
   *
   * @param seenVersion only when it has this version; 0 when it must not be there yet, negative
   *     when anything is right
   * @throws InvalidSubscriptionException when the name or the specification is not possible
   */
  public Change put(UUID resourceId, String name, SubscriptionSpec spec, long seenVersion)
      throws InvalidSubscriptionException {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidSubscriptionException("name", "must be 3 to 64 letters, digits and hyphens");
    }
    spec.checked();
    Change change =
        database.inSerializableTransaction(
            sql -> {
              Optional<EventSubscription> present = find(sql, resourceId, name);
              long version = present.map(EventSubscription::version).orElse(0L);
              if (seenVersion >= 0 && seenVersion != version) {
                return new Stale();
              }
              if (present.isPresent()) {
                update(sql, present.get(), spec);
              } else if (count(sql, resourceId) >= limits.subscriptionsPerResource()) {
                return new Full(limits.subscriptionsPerResource());
              } else {
                insert(sql, resourceId, name, spec);
              }
              return new Done(find(sql, resourceId, name).orElseThrow(), present.isEmpty());
            });
    wakeup.wake();
    return change;
  }

  private static int count(Handle sql, UUID resourceId) {
    return sql.createQuery("select count(*) from event_subscriptions where resource_id = :resource")
        .bind("resource", resourceId.toString())
        .mapTo(int.class)
        .one();
  }

  private void insert(Handle sql, UUID resourceId, String name, SubscriptionSpec spec) {
    handshake(
            sql.createUpdate(
                "insert into event_subscriptions (id, resource_id, name, endpoint, schema_name,"
                    + " included_types, subject_begins_with, subject_ends_with, header_name,"
                    + " header_value, max_attempts, ttl_minutes, state, state_reason,"
                    + " validation_code, validation_attempts, validation_due_at,"
                    + " validation_ends_at, created_at, updated_at, version, validation_version)"
                    + " values (:id, :resource, :name, :endpoint, :schema, :types, :begins, :ends,"
                    + " :headerName, :headerValue, :maxAttempts, :ttl, 'validating', '', :code, 0,"
                    + " :now, :validationEnd, :now, :now, 1, 1)"))
        .bind("id", UUID.randomUUID().toString())
        .bind("resource", resourceId.toString())
        .bind("name", name)
        .bindMap(SubscriptionRows.write(spec))
        .execute();
  }

  private void update(Handle sql, EventSubscription present, SubscriptionSpec spec) {
    sql.createUpdate(
            "update event_subscriptions set endpoint = :endpoint, schema_name = :schema,"
                + " included_types = :types, subject_begins_with = :begins,"
                + " subject_ends_with = :ends, header_name = :headerName,"
                + " header_value = :headerValue, max_attempts = :maxAttempts, ttl_minutes = :ttl,"
                + " updated_at = :now, version = version + 1 where id = :id")
        .bindMap(SubscriptionRows.write(spec))
        .bind("now", clock.millis())
        .bind("id", present.id().toString())
        .execute();
    SubscriptionSpec old = present.spec();
    boolean agreed =
        present.state() == SubscriptionState.ACTIVE
            && old.endpoint().equals(spec.endpoint())
            && old.schema() == spec.schema()
            && Objects.equals(old.header(), spec.header());
    if (!agreed) {
      handshake(
              sql.createUpdate(
                  "update event_subscriptions set state = 'validating', state_reason = '',"
                      + " validation_code = :code, validation_attempts = 0,"
                      + " validation_due_at = :now, validation_ends_at = :validationEnd,"
                      + " allowed_rate = null, validation_version = validation_version + 1"
                      + " where id = :id"))
          .bind("id", present.id().toString())
          .execute();
    }
  }

  private Update handshake(Update statement) {
    long now = clock.millis();
    return statement
        .bind("code", UUID.randomUUID().toString())
        .bind("now", now)
        .bind("validationEnd", now + limits.validationTime().toMillis());
  }

  /**
   * Removes a subscription, and the events that wait for it.
   *
   * @param seenVersion only when it has this version; negative when any is right
   * @return false when it has another version; true also when there is none
   */
  public boolean delete(UUID resourceId, String name, long seenVersion) {
    return database.inTransaction(
        sql -> {
          int removed =
              sql.createUpdate(
                      "delete from event_subscriptions where resource_id = :resource"
                          + " and name = :name and (version = :version or :version < 0)")
                  .bind("resource", resourceId.toString())
                  .bind("name", name)
                  .bind("version", seenVersion)
                  .execute();
          return removed > 0 || find(sql, resourceId, name).isEmpty();
        });
  }

  static int removeSome(Handle sql, UUID resourceId, int most) {
    return sql.createUpdate(
            "delete from event_subscriptions where id in (select id from event_subscriptions"
                + " where resource_id = :resource limit :most)")
        .bind("resource", resourceId.toString())
        .bind("most", most)
        .execute();
  }
}
