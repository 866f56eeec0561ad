package io.vaxel.control.phonenumbers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reservations in the database. Every method works inside the caller's transaction. */
final class ReservationRows {
  private ReservationRows() {}

  /** Makes an active reservation; false when the resource has one with this id. */
  static boolean insert(Handle sql, UUID resourceId, UUID id, Instant now, Instant expires) {
    return sql.createUpdate(
                "insert into number_reservations (resource_id, id, created_at, expires_at, status)"
                    + " values (:resource, :id, :now, :expires, 'active')"
                    + " on conflict (resource_id, id) do nothing")
            .bind("resource", resourceId.toString())
            .bind("id", id.toString())
            .bind("now", now.toEpochMilli())
            .bind("expires", expires.toEpochMilli())
            .execute()
        == 1;
  }

  static int count(Handle sql, UUID resourceId) {
    return sql.createQuery("select count(*) from number_reservations where resource_id = :resource")
        .bind("resource", resourceId.toString())
        .mapTo(Integer.class)
        .one();
  }

  static Optional<Reservation> find(Handle sql, UUID resourceId, UUID id, Instant now) {
    List<StockNumber> numbers =
        sql.createQuery(
                "select n.* from number_reservation_items i join phone_numbers n"
                    + " on n.number = i.number"
                    + " where i.resource_id = :resource and i.reservation_id = :id"
                    + " order by n.number")
            .bind("resource", resourceId.toString())
            .bind("id", id.toString())
            .map((row, context) -> StockRows.stock(row))
            .list();
    return sql.createQuery(
            "select * from number_reservations where resource_id = :resource and id = :id")
        .bind("resource", resourceId.toString())
        .bind("id", id.toString())
        .map((row, context) -> reservation(row, numbers, now))
        .findOne();
  }

  /** The reservations of a resource without their numbers, the newest first. */
  static List<Reservation> list(Handle sql, UUID resourceId, Page page, Instant now) {
    return sql.createQuery(
            "select * from number_reservations where resource_id = :resource"
                + " order by created_at desc, id limit :rows offset :skip")
        .bind("resource", resourceId.toString())
        .bind("rows", page.rows())
        .bind("skip", page.skip())
        .map((row, context) -> reservation(row, List.of(), now))
        .list();
  }

  static void setExpiry(Handle sql, Hold hold, UUID id, Instant expires) {
    sql.createUpdate(
            "update number_reservations set expires_at = :expires"
                + " where resource_id = :resource and id = :id")
        .bind("resource", hold.resourceId().toString())
        .bind("id", id.toString())
        .bind("expires", expires.toEpochMilli())
        .execute();
  }

  /** Begins the one purchase of an active reservation; false when it is not active. */
  static boolean submit(Handle sql, UUID resourceId, UUID id, String purchaseId, Instant expires) {
    return sql.createUpdate(
                "update number_reservations set status = 'submitted', purchase_id = :purchase,"
                    + " expires_at = :expires"
                    + " where resource_id = :resource and id = :id and status = 'active'")
            .bind("resource", resourceId.toString())
            .bind("id", id.toString())
            .bind("purchase", purchaseId)
            .bind("expires", expires.toEpochMilli())
            .execute()
        == 1;
  }

  /** Ends the purchase that was begun; false when another state came between. */
  static boolean complete(Handle sql, UUID resourceId, UUID id, String purchaseId) {
    return sql.createUpdate(
                "update number_reservations set status = 'completed'"
                    + " where resource_id = :resource and id = :id and status = 'submitted'"
                    + " and purchase_id = :purchase")
            .bind("resource", resourceId.toString())
            .bind("id", id.toString())
            .bind("purchase", purchaseId)
            .execute()
        == 1;
  }

  static void delete(Handle sql, UUID resourceId, UUID id) {
    sql.createUpdate("delete from number_reservations where resource_id = :resource and id = :id")
        .bind("resource", resourceId.toString())
        .bind("id", id.toString())
        .execute();
  }

  static void addItem(Handle sql, UUID resourceId, UUID id, String number) {
    sql.createUpdate(
            "insert into number_reservation_items (resource_id, reservation_id, number)"
                + " values (:resource, :id, :number) on conflict do nothing")
        .bind("resource", resourceId.toString())
        .bind("id", id.toString())
        .bind("number", number)
        .execute();
  }

  static void removeItem(Handle sql, UUID resourceId, UUID id, String number) {
    sql.createUpdate(
            "delete from number_reservation_items where resource_id = :resource"
                + " and reservation_id = :id and number = :number")
        .bind("resource", resourceId.toString())
        .bind("id", id.toString())
        .bind("number", number)
        .execute();
  }

  /** Removes reservations made before an instant. */
  static void forgetBefore(Handle sql, Instant oldest) {
    sql.createUpdate("delete from number_reservations where :oldest > created_at")
        .bind("oldest", oldest.toEpochMilli())
        .execute();
  }

  private static Reservation reservation(ResultSet row, List<StockNumber> numbers, Instant now)
      throws SQLException {
    ReservationStatus written = ReservationStatus.of(row.getString("status"));
    Instant expires = Instant.ofEpochMilli(row.getLong("expires_at"));
    boolean over = written != ReservationStatus.COMPLETED && !now.isBefore(expires);
    return new Reservation(
        UUID.fromString(row.getString("resource_id")),
        UUID.fromString(row.getString("id")),
        over ? ReservationStatus.EXPIRED : written,
        Instant.ofEpochMilli(row.getLong("created_at")),
        expires,
        numbers);
  }
}
