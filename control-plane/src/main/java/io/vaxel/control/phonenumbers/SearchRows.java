package io.vaxel.control.phonenumbers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Searches in the database. Every method works inside the caller's transaction. */
final class SearchRows {
  private SearchRows() {}

  static void insert(Handle sql, Search search) {
    Search.Criteria criteria = search.criteria();
    sql.createUpdate(
            "insert into number_searches (id, resource_id, operation_id, country, number_type,"
                + " assignment_type, calling, sms, area_code, quantity, created_at, cost_micros,"
                + " cost_currency, resale_agreement) values (:id, :resource, :operation, :country,"
                + " :type, :assignment, :calling, :sms, :area, :quantity, :created, 0, 'USD', 0)")
        .bind("id", search.id().toString())
        .bind("resource", search.resourceId().toString())
        .bind("operation", search.operationId())
        .bind("country", criteria.country())
        .bind("type", criteria.type().wireName())
        .bind("assignment", criteria.assignment().wireName())
        .bind("calling", criteria.capabilities().calling().bits())
        .bind("sms", criteria.capabilities().sms().bits())
        .bind("area", criteria.areaCode())
        .bind("quantity", criteria.quantity())
        .bind("created", search.createdAt().toEpochMilli())
        .execute();
  }

  static int count(Handle sql, UUID resourceId) {
    return sql.createQuery("select count(*) from number_searches where resource_id = :resource")
        .bind("resource", resourceId.toString())
        .mapTo(Integer.class)
        .one();
  }

  static Optional<Search> find(Handle sql, UUID resourceId, UUID id) {
    List<String> numbers =
        sql.createQuery(
                "select number from number_search_items where search_id = :id order by number")
            .bind("id", id.toString())
            .mapTo(String.class)
            .list();
    return sql.createQuery(
            "select * from number_searches where id = :id and resource_id = :resource")
        .bind("id", id.toString())
        .bind("resource", resourceId.toString())
        .map((row, context) -> search(row, numbers))
        .findOne();
  }

  static void found(Handle sql, UUID id, Search.Found found) {
    sql.createUpdate(
            "update number_searches set expires_at = :expires, cost_micros = :micros,"
                + " cost_currency = :currency, resale_agreement = :agreement where id = :id")
        .bind("id", id.toString())
        .bind("expires", found.expiresAt().toEpochMilli())
        .bind("micros", found.cost().micros())
        .bind("currency", found.cost().currencyCode())
        .bind("agreement", found.resaleAgreement() ? 1 : 0)
        .execute();
    for (String number : found.numbers()) {
      sql.createUpdate("insert into number_search_items (search_id, number) values (:id, :number)")
          .bind("id", id.toString())
          .bind("number", number)
          .execute();
    }
  }

  /** Uses up a search for its one purchase; false when that is done already. */
  static boolean spend(Handle sql, UUID id, String purchaseId) {
    return sql.createUpdate(
                "update number_searches set purchase_id = :purchase"
                    + " where id = :id and purchase_id is null")
            .bind("id", id.toString())
            .bind("purchase", purchaseId)
            .execute()
        == 1;
  }

  /** Removes searches made before an instant. */
  static void forgetBefore(Handle sql, Instant oldest) {
    sql.createUpdate("delete from number_searches where :oldest > created_at")
        .bind("oldest", oldest.toEpochMilli())
        .execute();
  }

  private static Search search(ResultSet row, List<String> numbers) throws SQLException {
    return new Search(
        UUID.fromString(row.getString("id")),
        UUID.fromString(row.getString("resource_id")),
        row.getString("operation_id"),
        new Search.Criteria(
            row.getString("country"),
            PhoneNumberType.of(row.getString("number_type")),
            AssignmentType.of(row.getString("assignment_type")),
            StockRows.capabilities(row, "calling", "sms"),
            row.getString("area_code"),
            row.getInt("quantity")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        foundOf(row, numbers),
        row.getString("purchase_id"));
  }

  private static Search.@Nullable Found foundOf(ResultSet row, List<String> numbers)
      throws SQLException {
    long expires = row.getLong("expires_at");
    return row.wasNull()
        ? null
        : new Search.Found(
            numbers,
            StockRows.cost(row),
            row.getInt("resale_agreement") == 1,
            Instant.ofEpochMilli(expires));
  }
}
