package io.vaxel.control.phonenumbers;

import io.vaxel.common.operation.Operation;
import io.vaxel.common.operation.Operations;
import io.vaxel.common.storage.Database;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The numbers that resources bought. Safe for any thread; blocks. */
final class OwnedNumbers implements PhoneNumberDirectory {
  private final Database database;
  private final Operations operations;

  OwnedNumbers(Database database, Operations operations) {
    this.database = database;
    this.operations = operations;
  }

  @Override
  public Optional<OwnedNumber> find(String number) {
    return database.jdbi().withHandle(sql -> find(sql, number));
  }

  static Optional<OwnedNumber> find(Handle sql, String number) {
    return sql.createQuery(
            "select * from phone_numbers where number = :number and owner_id is not null")
        .bind("number", number)
        .map((row, context) -> StockRows.owned(row))
        .findOne();
  }

  /** The numbers of a resource, in their order. */
  Page.Of<OwnedNumber> list(UUID resourceId, Page page) {
    return page.of(
        database
            .jdbi()
            .withHandle(
                sql ->
                    sql.createQuery(
                            "select * from phone_numbers where owner_id = :resource"
                                + " order by number limit :rows offset :skip")
                        .bind("resource", resourceId.toString())
                        .bind("rows", page.rows())
                        .bind("skip", page.skip())
                        .map((row, context) -> StockRows.owned(row))
                        .list()));
  }

  /**
   * A number of a resource.
   *
   * @throws io.vaxel.common.error.ApiException 404 when the server has no such number, 403 when the
   *     resource does not own it
   */
  OwnedNumber get(UUID resourceId, String number) {
    return database.jdbi().withHandle(sql -> get(sql, resourceId, number));
  }

  private static OwnedNumber get(Handle sql, UUID resourceId, String number) {
    Optional<OwnedNumber> owned =
        find(sql, number).filter(found -> found.resourceId().equals(resourceId));
    if (owned.isPresent()) {
      return owned.get();
    }
    boolean known =
        sql.createQuery("select 1 from phone_numbers where number = :number")
            .bind("number", number)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    throw known ? NumberErrors.numberNotOwned() : NumberErrors.numberNotFound(number);
  }

  /**
   * Begins to give a number back.
   *
   * @throws io.vaxel.common.error.ApiException as {@link #get}
   */
  Operation release(UUID resourceId, String number) {
    return database.inTransaction(
        sql -> {
          get(sql, resourceId, number);
          return operations.start(sql, resourceId, ReleaseHandler.KIND, number);
        });
  }

  /**
   * Begins to change what is used of a number.
   *
   * @param calling the new directions of calls; null keeps them
   * @param sms the new directions of messages; null keeps them
   * @throws io.vaxel.common.error.ApiException as {@link #get}
   */
  Operation change(
      UUID resourceId,
      String number,
      @Nullable CapabilityType calling,
      @Nullable CapabilityType sms) {
    return database.inTransaction(
        sql -> {
          get(sql, resourceId, number);
          return operations.start(
              sql,
              resourceId,
              CapabilitiesHandler.KIND,
              new CapabilitiesHandler.Change(number, calling, sms).text());
        });
  }
}
