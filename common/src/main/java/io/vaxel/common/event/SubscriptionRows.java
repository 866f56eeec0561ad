package io.vaxel.common.event;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes rows of the table of subscriptions. */
final class SubscriptionRows {
  private SubscriptionRows() {}

  static EventSubscription read(ResultSet row) throws SQLException {
    String types = row.getString("included_types");
    String headerName = row.getString("header_name");
    return new EventSubscription(
        UUID.fromString(row.getString("id")),
        UUID.fromString(row.getString("resource_id")),
        row.getString("name"),
        new SubscriptionSpec(
            URI.create(row.getString("endpoint")),
            EventSchema.of(row.getString("schema_name"))
                .orElseThrow(() -> new IllegalStateException("an unknown schema")),
            types.isEmpty() ? List.of() : List.of(types.split("\n", -1)),
            row.getString("subject_begins_with"),
            row.getString("subject_ends_with"),
            headerName == null
                ? null
                : new DeliveryHeader(headerName, row.getString("header_value")),
            row.getInt("max_attempts"),
            row.getInt("ttl_minutes")),
        SubscriptionState.of(row.getString("state")),
        row.getString("state_reason"),
        rate(row),
        row.getLong("version"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }

  private static @Nullable Integer rate(ResultSet row) throws SQLException {
    int rate = row.getInt("allowed_rate");
    return row.wasNull() ? null : rate;
  }

  /** What a statement that writes the specification binds. */
  static Map<String, @Nullable Object> write(SubscriptionSpec spec) {
    Map<String, @Nullable Object> values = new HashMap<>();
    DeliveryHeader header = spec.header();
    values.put("endpoint", spec.endpoint().toString());
    values.put("schema", spec.schema().wireName());
    values.put("types", String.join("\n", spec.includedTypes()));
    values.put("begins", spec.subjectBeginsWith());
    values.put("ends", spec.subjectEndsWith());
    values.put("headerName", header == null ? null : header.name());
    values.put("headerValue", header == null ? null : header.value());
    values.put("maxAttempts", spec.maxAttempts());
    values.put("ttl", spec.ttlMinutes());
    return values;
  }
}
