package io.vaxel.control.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.common.storage.Database;
import io.vaxel.common.storage.StorageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Which users and resource accounts of Entra tenants may have tokens of the Teams phone extension.
 * Safe for any thread; blocks.
 */
final class TeamsAssignments {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;

  TeamsAssignments(Database database) {
    this.database = database;
  }

  /**
   * An assignment.
   *
   * @param objectId the user's or account's GUID in the tenant
   * @param tenantId the tenant's GUID
   * @param principalType {@code user} or {@code resourceAccount}
   * @param clientIds applications that may ask; empty: any
   */
  record Assignment(
      String objectId, String tenantId, String principalType, List<String> clientIds) {
    Assignment {
      clientIds = List.copyOf(clientIds);
    }
  }

  Optional<Assignment> find(UUID resourceId, String tenantId, String objectId) {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(
                        "select * from teams_assignments where resource_id = :resource"
                            + " and tenant_id = :tenant and object_id = :object")
                    .bindMap(key(resourceId, tenantId, objectId))
                    .map(
                        (row, context) ->
                            new Assignment(
                                row.getString("object_id"),
                                row.getString("tenant_id"),
                                row.getString("principal_type"),
                                parsed(row.getString("client_ids"))))
                    .findOne());
  }

  /** Makes or replaces an assignment; returns whether it is new. */
  boolean put(UUID resourceId, Assignment assignment) {
    Map<String, String> key = key(resourceId, assignment.tenantId(), assignment.objectId());
    String clients;
    try {
      clients = JSON.writeValueAsString(assignment.clientIds());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts can always be written", e);
    }
    return database.inTransaction(
        sql -> {
          boolean made =
              sql.createUpdate(
                          "insert into teams_assignments (resource_id, tenant_id, object_id,"
                              + " principal_type, client_ids) values (:resource, :tenant, :object,"
                              + " :type, :clients) on conflict do nothing")
                      .bindMap(key)
                      .bind("type", assignment.principalType())
                      .bind("clients", clients)
                      .execute()
                  == 1;
          if (!made) {
            sql.createUpdate(
                    "update teams_assignments set principal_type = :type, client_ids = :clients"
                        + " where resource_id = :resource and tenant_id = :tenant"
                        + " and object_id = :object")
                .bindMap(key)
                .bind("type", assignment.principalType())
                .bind("clients", clients)
                .execute();
          }
          return made;
        });
  }

  /** Removes an assignment; without one nothing happens. */
  void delete(UUID resourceId, String tenantId, String objectId) {
    database
        .jdbi()
        .useHandle(
            sql ->
                sql.createUpdate(
                        "delete from teams_assignments where resource_id = :resource"
                            + " and tenant_id = :tenant and object_id = :object")
                    .bindMap(key(resourceId, tenantId, objectId))
                    .execute());
  }

  /** Removes assignments of a resource that is being deleted. */
  static int removeSome(Handle sql, UUID resourceId, int most) {
    return sql.createUpdate(
            "delete from teams_assignments where (resource_id, tenant_id, object_id) in"
                + " (select resource_id, tenant_id, object_id from teams_assignments"
                + " where resource_id = :resource limit :most)")
        .bind("resource", resourceId.toString())
        .bind("most", most)
        .execute();
  }

  private static Map<String, String> key(UUID resourceId, String tenantId, String objectId) {
    return Map.of("resource", resourceId.toString(), "tenant", tenantId, "object", objectId);
  }

  private static List<String> parsed(String json) {
    try {
      return JSON.readValue(json, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw new StorageException("An assignment in the database is damaged", e);
    }
  }
}
