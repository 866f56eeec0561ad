package io.vaxel.control.rooms;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A room as it is stored.
 *
 * @param id decimal digits
 * @param validity when it may be joined
 * @param pstnDialOut whether its calls may call telephones
 * @param version counts its changes
 */
record Room(String id, Instant createdAt, Validity validity, boolean pstnDialOut, long version) {
  /** Reads a row of the table. */
  static Room of(ResultSet row) throws SQLException {
    return new Room(
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        new Validity(
            Instant.ofEpochMilli(row.getLong("valid_from")),
            Instant.ofEpochMilli(row.getLong("valid_until"))),
        row.getLong("pstn_dial_out") == 1,
        row.getLong("version"));
  }
}
