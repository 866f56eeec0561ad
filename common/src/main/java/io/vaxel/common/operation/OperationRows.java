package io.vaxel.common.operation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows of the table of operations. */
final class OperationRows {
  private OperationRows() {}

  static Operation operation(ResultSet row) throws SQLException {
    String errorCode = row.getString("error_code");
    return new Operation(
        row.getString("id"),
        UUID.fromString(row.getString("resource_id")),
        row.getString("kind"),
        OperationStatus.of(row.getString("status")),
        row.getString("input"),
        row.getString("result"),
        errorCode == null ? null : new OperationError(errorCode, row.getString("error_message")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        instant(row, "last_action_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
