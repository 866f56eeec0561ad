package io.vaxel.control.phonenumbers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** Reads rows of {@code phone_numbers}. */
final class StockRows {
  private StockRows() {}

  static StockNumber stock(ResultSet row) throws SQLException {
    return new StockNumber(
        row.getString("number"),
        row.getString("country"),
        PhoneNumberType.of(row.getString("number_type")),
        AssignmentType.of(row.getString("assignment_type")),
        capabilities(row, "calling", "sms"),
        cost(row),
        new StockNumber.Place(
            row.getString("area_code"),
            row.getString("locality"),
            row.getString("division"),
            row.getString("division_name")),
        row.getInt("resale_agreement") == 1,
        row.getString("carrier_reference"));
  }

  static OwnedNumber owned(ResultSet row) throws SQLException {
    return new OwnedNumber(
        UUID.fromString(row.getString("owner_id")),
        stock(row),
        capabilities(row, "owned_calling", "owned_sms"),
        Instant.ofEpochMilli(row.getLong("purchased_at")));
  }

  static Capabilities capabilities(ResultSet row, String calling, String sms) throws SQLException {
    return new Capabilities(
        CapabilityType.ofBits(row.getInt(calling)), CapabilityType.ofBits(row.getInt(sms)));
  }

  static Cost cost(ResultSet row) throws SQLException {
    return new Cost(row.getLong("cost_micros"), row.getString("cost_currency"));
  }
}
