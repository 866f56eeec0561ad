package io.vaxel.control.resourcemanager;

import io.vaxel.common.storage.Database;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The resources in the database. Safe for any thread; blocks. */
public final class CommunicationResources {
  /** The resource that a server started with nothing has. */
  public static final String DEFAULT = "default";

  private final Database database;
  private final AccessKeys keys;
  private final InstantSource clock;

  public CommunicationResources(Database database, SecureRandom random, InstantSource clock) {
    this.database = database;
    this.keys = new AccessKeys(database, random, clock);
    this.clock = clock;
  }

  /** The access keys of the resources. */
  public AccessKeys keys() {
    return keys;
  }

  /** The resource {@code default}, made with two random keys when it does not exist yet. */
  public CommunicationResource defaultResource() {
    return find(DEFAULT).orElseGet(this::createDefault);
  }

  private CommunicationResource createDefault() {
    CommunicationResource created =
        ResourceRules.newResource(
            DEFAULT,
            ResourcePlace.DEFAULT,
            "United States",
            CommunicationResource.Settings.defaults(),
            ResourceRules.THE_SERVER,
            clock.instant());
    // When the name is taken another process was faster.
    Insertion _ = database.inTransaction(sql -> insert(sql, created, Long.MAX_VALUE));
    return find(DEFAULT).orElseThrow();
  }

  /** The resource with this id, if there is one; it may be being deleted. */
  public Optional<CommunicationResource> find(UUID id) {
    return database.jdbi().withHandle(sql -> find(sql, id));
  }

  Optional<CommunicationResource> find(Handle sql, UUID id) {
    return sql.createQuery("select * from resources where id = :id")
        .bind("id", id.toString())
        .map(ResourceRows::read)
        .findOne();
  }

  /** Resources that are being deleted. */
  List<UUID> deleting(Handle sql) {
    return sql.createQuery("select id from resources where state = 'Deleting' order by id")
        .mapTo(String.class)
        .map(UUID::fromString)
        .list();
  }

  /** The resource with this name in any case, if there is one; it may be being deleted. */
  public Optional<CommunicationResource> find(String name) {
    return database.jdbi().withHandle(sql -> find(sql, name));
  }

  Optional<CommunicationResource> find(Handle sql, String name) {
    return sql.createQuery("select * from resources where name_key = :name")
        .bind("name", name.toLowerCase(Locale.ROOT))
        .map(ResourceRows::read)
        .findOne();
  }

  /**
   * Resources in the order of their names.
   *
   * @param subscriptionId of this subscription only, or null
   * @param group of this group only, or null
   * @param after begins behind this name; empty begins with the first
   * @param limit how many at most
   */
  public List<CommunicationResource> list(
      @Nullable UUID subscriptionId, @Nullable String group, String after, int limit) {
    String where =
        (subscriptionId == null ? "" : " and subscription_id = :subscription")
            + (group == null ? "" : " and group_key = :group");
    return database
        .jdbi()
        .withHandle(
            sql -> {
              var query =
                  sql.createQuery(
                          "select * from resources where name_key > :after"
                              + where
                              + " order by name_key limit :limit")
                      .bind("after", after.toLowerCase(Locale.ROOT))
                      .bind("limit", limit);
              if (subscriptionId != null) {
                query.bind("subscription", subscriptionId.toString());
              }
              if (group != null) {
                query.bind("group", group.toLowerCase(Locale.ROOT));
              }
              return query.map(ResourceRows::read).list();
            });
  }

  /**
   * Adds a resource with two random keys.
   *
   * @param most how many resources there may be, this one included
   * @return what came of it; when it is not {@link Insertion#DONE} nothing has changed, provided
   *     that the caller's transaction is rolled back
   */
  Insertion insert(Handle sql, CommunicationResource resource, long most) {
    int added =
        sql.createUpdate(
                "insert into resources (id, name, name_key, subscription_id, resource_group,"
                    + " group_key, data_location, region, location, tags, linked_domains, identity,"
                    + " public_network_access, disable_local_auth, notification_hub_id, state,"
                    + " version, created_by, created_by_type, created_at, modified_by,"
                    + " modified_by_type, modified_at)"
                    + " values (:id, :name, :nameKey, :subscription, :group, :groupKey,"
                    + " :dataLocation, :region, :location, :tags, :linkedDomains, :identity,"
                    + " :publicNetworkAccess, :disableLocalAuth, :hub, :state, :version,"
                    + " :createdBy, :createdByType, :createdAt, :modifiedBy, :modifiedByType,"
                    + " :modifiedAt) on conflict do nothing")
            .bindMap(ResourceRows.write(resource))
            .execute();
    if (added == 0) {
      return Insertion.NAME_TAKEN;
    }
    int counted =
        sql.createUpdate(
                "update resource_count set resources = resources + 1 where resources < :most")
            .bind("most", most)
            .execute();
    if (counted == 0) {
      return Insertion.FULL;
    }
    keys.create(sql, resource.id());
    return Insertion.DONE;
  }

  /** What came of an insertion. */
  enum Insertion {
    DONE,
    NAME_TAKEN,
    FULL
  }

  /**
   * Changes a resource that nobody else has changed meanwhile.
   *
   * @param resource as it shall be, with the version that the caller has seen
   * @return false when it has another version by now, or is gone
   */
  boolean update(Handle sql, CommunicationResource resource) {
    return sql.createUpdate(
                "update resources set tags = :tags, linked_domains = :linkedDomains,"
                    + " identity = :identity, public_network_access = :publicNetworkAccess,"
                    + " disable_local_auth = :disableLocalAuth, notification_hub_id = :hub,"
                    + " state = :state, version = version + 1, modified_by = :modifiedBy,"
                    + " modified_by_type = :modifiedByType, modified_at = :modifiedAt"
                    + " where id = :id and version = :version")
            .bindMap(ResourceRows.write(resource))
            .execute()
        == 1;
  }

  /** Removes a resource whose data is gone. */
  void remove(Handle sql, UUID id) {
    int removed =
        sql.createUpdate("delete from resources where id = :id")
            .bind("id", id.toString())
            .execute();
    sql.createUpdate("update resource_count set resources = resources - :removed")
        .bind("removed", removed)
        .execute();
  }

  /** Now, to the millisecond that the database keeps. */
  Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
