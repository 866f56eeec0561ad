package io.vaxel.control.phonenumbers.siprouting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vaxel.common.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/** The SIP configurations of all resources. Safe for any thread; blocks. */
final class SipConfigurations {
  private final Database database;
  private final InstantSource clock;
  private final List<SipRoutingListener> listeners = new CopyOnWriteArrayList<>();
  private final ObjectMapper json =
      JsonMapper.builder()
          // A row that a newer server wrote may have fields that this one does not know.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private record Stored(UUID resourceId, SipConfiguration configuration, long version) {}

  SipConfigurations(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A resource's configuration; the empty one when it never set any. */
  SipConfiguration get(UUID resourceId) {
    return database
        .jdbi()
        .withHandle(sql -> find(sql, resourceId))
        .map(Stored::configuration)
        .orElse(SipConfiguration.EMPTY);
  }

  /**
   * Changes a resource's configuration. Two changes at once both count, one after the other.
   *
   * @throws SipRoutingException when the change or what comes of it is not valid
   */
  SipConfiguration update(UUID resourceId, SipPatch patch) throws SipRoutingException {
    while (true) {
      Stored before =
          database
              .jdbi()
              .withHandle(sql -> find(sql, resourceId))
              .orElse(new Stored(resourceId, SipConfiguration.EMPTY, 0));
      Stored after =
          new Stored(resourceId, patch.applyTo(before.configuration()), before.version() + 1);
      // Whoever fails here was overtaken by somebody who did not.
      if (database.inTransaction(sql -> write(sql, after))) {
        listeners.forEach(
            listener -> listener.changed(resourceId, after.configuration(), after.version()));
        return after.configuration();
      }
    }
  }

  /** Adds a listener, and tells it what every resource has. */
  void addListener(SipRoutingListener listener) {
    listeners.add(listener);
    database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery("select * from sip_configurations order by resource_id")
                    .map((row, context) -> stored(row))
                    .list())
        .forEach(
            stored ->
                listener.changed(stored.resourceId(), stored.configuration(), stored.version()));
  }

  private Optional<Stored> find(Handle sql, UUID resourceId) {
    return sql.createQuery("select * from sip_configurations where resource_id = :resource")
        .bind("resource", resourceId.toString())
        .map((row, context) -> stored(row))
        .findOne();
  }

  private Stored stored(ResultSet row) throws SQLException {
    try {
      return new Stored(
          UUID.fromString(row.getString("resource_id")),
          json.readValue(row.getString("document"), SipConfiguration.class),
          row.getLong("version"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a SIP configuration in the database is damaged", e);
    }
  }

  /** Writes a version if it is the next one. */
  private boolean write(Handle sql, Stored next) {
    String statement =
        next.version() == 1
            ? "insert into sip_configurations (resource_id, document, version, changed_at)"
                + " values (:resource, :document, :version, :now)"
                + " on conflict (resource_id) do nothing"
            : "update sip_configurations"
                + " set document = :document, version = :version, changed_at = :now"
                + " where resource_id = :resource and version = :version - 1";
    try {
      return sql.createUpdate(statement)
              .bind("resource", next.resourceId().toString())
              .bind("document", json.writeValueAsString(next.configuration()))
              .bind("version", next.version())
              .bind("now", clock.millis())
              .execute()
          == 1;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a SIP configuration cannot be written", e);
    }
  }
}
