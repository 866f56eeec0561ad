package io.vaxel.control.resourcemanager;

import io.vaxel.common.credential.AccessKeyValue;
import io.vaxel.common.credential.ResourceKey;
import io.vaxel.common.credential.ResourceKeys;
import io.vaxel.common.storage.Database;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The resources in the database and their access keys. Safe for any thread; blocks.
 *
 * <p>Keys are read for every request, not cached: a key that was replaced must not work a moment
 * longer, also when another process replaced it, and the read costs less than the signature check.
 */
public final class CommunicationResources implements ResourceKeys {
  private static final String DEFAULT = "default";

  private final Database database;
  private final SecureRandom random;
  private final InstantSource clock;

  public CommunicationResources(Database database, SecureRandom random, InstantSource clock) {
    this.database = database;
    this.random = random;
    this.clock = clock;
  }

  /** The resource {@code default}, made with two random keys when it does not exist yet. */
  public CommunicationResource defaultResource() {
    return database.inSerializableTransaction(
        sql -> {
          Optional<CommunicationResource> existing =
              sql.createQuery("select * from resources where name = :name")
                  .bind("name", DEFAULT)
                  .map((row, context) -> resource(row))
                  .findOne();
          return existing.orElseGet(() -> createDefault(sql));
        });
  }

  /** The resource with this id, if there is one. */
  public Optional<CommunicationResource> find(UUID id) {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery("select * from resources where id = :id")
                    .bind("id", id.toString())
                    .map((row, context) -> resource(row))
                    .findOne());
  }

  /**
   * The primary key of a resource, for its connection string.
   *
   * @throws IllegalStateException when there is no such resource
   */
  public AccessKeyValue primaryKey(UUID id) {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(
                        "select secret from resource_keys"
                            + " where resource_id = :id and slot = 'primary'")
                    .bind("id", id.toString())
                    .map((row, context) -> new AccessKeyValue(row.getString("secret")))
                    .one());
  }

  @Override
  public List<ResourceKey> inForce() {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(
                        "select resource_id, secret from resource_keys order by resource_id, slot")
                    .map(
                        (row, context) ->
                            new ResourceKey(
                                UUID.fromString(row.getString("resource_id")),
                                new AccessKeyValue(row.getString("secret"))))
                    .list());
  }

  private CommunicationResource createDefault(Handle sql) {
    CommunicationResource created =
        new CommunicationResource(UUID.randomUUID(), DEFAULT, "amer", "unitedstates");
    sql.createUpdate(
            "insert into resources (id, name, region, location, created_at)"
                + " values (:id, :name, :region, :location, :now)")
        .bind("id", created.id().toString())
        .bind("name", created.name())
        .bind("region", created.region())
        .bind("location", created.location())
        .bind("now", clock.millis())
        .execute();
    for (String slot : List.of("primary", "secondary")) {
      sql.createUpdate(
              "insert into resource_keys (resource_id, slot, secret, created_at)"
                  + " values (:id, :slot, :secret, :now)")
          .bind("id", created.id().toString())
          .bind("slot", slot)
          .bind("secret", AccessKeyValue.random(random).reveal())
          .bind("now", clock.millis())
          .execute();
    }
    return created;
  }

  private static CommunicationResource resource(ResultSet row) throws SQLException {
    return new CommunicationResource(
        UUID.fromString(row.getString("id")),
        row.getString("name"),
        row.getString("region"),
        row.getString("location"));
  }
}
