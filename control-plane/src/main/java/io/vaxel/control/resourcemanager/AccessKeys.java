package io.vaxel.control.resourcemanager;

import io.vaxel.common.credential.AccessKeyValue;
import io.vaxel.common.storage.Database;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The two access keys of each resource. Safe for any thread; blocks. */
public final class AccessKeys {
  private final Database database;
  private final SecureRandom random;
  private final InstantSource clock;

  AccessKeys(Database database, SecureRandom random, InstantSource clock) {
    this.database = database;
    this.random = random;
    this.clock = clock;
  }

  /** Which of the two. */
  public enum Slot {
    PRIMARY,
    SECONDARY;

    private String column() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Both keys of a resource.
   *
   * @param primary the one in connection strings
   * @param secondary the one to use while the other is replaced
   */
  public record Pair(AccessKeyValue primary, AccessKeyValue secondary) {}

  /**
   * The keys in force.
   *
   * @throws IllegalStateException when there is no such resource
   */
  public Pair of(UUID resourceId) {
    return database.jdbi().withHandle(sql -> read(sql, resourceId));
  }

  /**
   * Replaces a key; the old one stops to work at once.
   *
   * @throws IllegalStateException when there is no such resource
   */
  Pair regenerate(Handle sql, UUID resourceId, Slot slot) {
    sql.createUpdate(
            "update resource_keys set secret = :secret, created_at = :now,"
                + " rotations = rotations + 1 where resource_id = :id and slot = :slot")
        .bind("secret", AccessKeyValue.random(random).reveal())
        .bind("now", clock.millis())
        .bind("id", resourceId.toString())
        .bind("slot", slot.column())
        .execute();
    return read(sql, resourceId);
  }

  void create(Handle sql, UUID resourceId) {
    for (Slot slot : Slot.values()) {
      sql.createUpdate(
              "insert into resource_keys (resource_id, slot, secret, created_at)"
                  + " values (:id, :slot, :secret, :now)")
          .bind("id", resourceId.toString())
          .bind("slot", slot.column())
          .bind("secret", AccessKeyValue.random(random).reveal())
          .bind("now", clock.millis())
          .execute();
    }
  }

  private static Pair read(Handle sql, UUID resourceId) {
    Map<Slot, AccessKeyValue> keys = new EnumMap<>(Slot.class);
    sql.createQuery("select slot, secret from resource_keys where resource_id = :id")
        .bind("id", resourceId.toString())
        .map(
            (row, context) ->
                keys.put(
                    Slot.valueOf(row.getString("slot").toUpperCase(Locale.ROOT)),
                    new AccessKeyValue(row.getString("secret"))))
        .list();
    AccessKeyValue primary = keys.get(Slot.PRIMARY);
    AccessKeyValue secondary = keys.get(Slot.SECONDARY);
    if (primary == null || secondary == null) {
      throw new IllegalStateException("There is no resource " + resourceId);
    }
    return new Pair(primary, secondary);
  }
}
