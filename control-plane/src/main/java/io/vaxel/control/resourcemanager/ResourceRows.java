package io.vaxel.control.resourcemanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.common.credential.CallingOperator;
import io.vaxel.common.storage.StorageException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Resources as rows of the table {@code resources}. */
final class ResourceRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResourceRows() {}

  static CommunicationResource read(ResultSet row, StatementContext context) throws SQLException {
    String identity = row.getString("identity");
    String state = row.getString("state");
    return new CommunicationResource(
        UUID.fromString(row.getString("id")),
        row.getString("name"),
        new ResourcePlace(
            UUID.fromString(row.getString("subscription_id")), row.getString("resource_group")),
        row.getString("data_location"),
        row.getString("region"),
        row.getString("location"),
        new CommunicationResource.Settings(
            json(row.getString("tags"), new TypeReference<Map<String, String>>() {}),
            json(row.getString("linked_domains"), new TypeReference<List<String>>() {}),
            row.getString("public_network_access"),
            row.getLong("disable_local_auth") != 0,
            identity == null ? null : json(identity, new TypeReference<ManagedIdentity>() {})),
        row.getString("notification_hub_id"),
        Stream.of(CommunicationResource.State.values())
            .filter(known -> known.wireName().equals(state))
            .findFirst()
            .orElseThrow(),
        row.getLong("version"),
        new ResourceHistory(
            operator(row, "created_by"),
            Instant.ofEpochMilli(row.getLong("created_at")),
            operator(row, "modified_by"),
            Instant.ofEpochMilli(row.getLong("modified_at"))));
  }

  static Map<String, @Nullable Object> write(CommunicationResource resource) {
    CommunicationResource.Settings settings = resource.settings();
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("id", resource.id().toString());
    row.put("name", resource.name());
    row.put("nameKey", ResourceRules.key(resource.name()));
    row.put("subscription", resource.place().subscriptionId().toString());
    row.put("group", resource.place().resourceGroup());
    row.put("groupKey", resource.place().groupKey());
    row.put("dataLocation", resource.dataLocation());
    row.put("region", resource.region());
    row.put("location", resource.location());
    row.put("tags", json(settings.tags()));
    row.put("linkedDomains", json(settings.linkedDomains()));
    row.put("identity", settings.identity() == null ? null : json(settings.identity()));
    row.put("publicNetworkAccess", settings.publicNetworkAccess());
    row.put("disableLocalAuth", settings.disableLocalAuth() ? 1L : 0L);
    row.put("hub", resource.notificationHubId());
    row.put("state", resource.state().wireName());
    row.put("version", resource.version());
    row.put("createdBy", resource.history().createdBy().name());
    row.put("createdByType", resource.history().createdBy().type().wireName());
    row.put("createdAt", resource.history().createdAt().toEpochMilli());
    row.put("modifiedBy", resource.history().modifiedBy().name());
    row.put("modifiedByType", resource.history().modifiedBy().type().wireName());
    row.put("modifiedAt", resource.history().modifiedAt().toEpochMilli());
    return row;
  }

  private static CallingOperator operator(ResultSet row, String column) throws SQLException {
    String type = row.getString(column + "_type");
    return new CallingOperator(
        row.getString(column),
        Stream.of(CallingOperator.Type.values())
            .filter(known -> known.wireName().equals(type))
            .findFirst()
            .orElseThrow());
  }

  private static <T> T json(String text, TypeReference<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new StorageException("A resource in the database is damaged", e);
    }
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts can always be written", e);
    }
  }
}
