package io.vaxel.control.phonenumbers;

import io.vaxel.common.storage.Database;
import io.vaxel.control.phonenumbers.InvalidInventoryException.Fault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * What the operator does with the inventory: sees all of it, fills it, and takes numbers out of it.
 * Safe for any thread; blocks.
 */
public final class NumberStock {
  private static final int MOST_FAULTS = 100;

  private final Database database;
  private final CarrierCatalogue catalogue;
  private final NumberEvents events;
  private final InstantSource clock;

  NumberStock(
      Database database, CarrierCatalogue catalogue, NumberEvents events, InstantSource clock) {
    this.database = database;
    this.catalogue = catalogue;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Which numbers to list. Null is any.
   *
   * @param country ISO 3166-1 alpha-2
   * @param owned whether a resource owns it
   * @param ownerName name of the resource that owns it
   */
  public record Filter(
      @Nullable String country,
      @Nullable PhoneNumberType type,
      @Nullable Boolean owned,
      @Nullable String ownerName) {

    private String condition() {
      StringBuilder condition = new StringBuilder("1 = 1");
      if (country != null) {
        condition.append(" and n.country = :country");
      }
      if (type != null) {
        condition.append(" and n.number_type = :type");
      }
      if (owned != null) {
        condition.append(owned ? " and n.owner_id is not null" : " and n.owner_id is null");
      }
      if (ownerName != null) {
        condition.append(" and r.name = :owner");
      }
      return condition.toString();
    }

    private Query bind(Query query) {
      if (country != null) {
        query.bind("country", country);
      }
      if (type != null) {
        query.bind("type", type.wireName());
      }
      if (ownerName != null) {
        query.bind("owner", ownerName);
      }
      return query;
    }
  }

  /** Numbers of the inventory, in their order. */
  public Page.Of<StockEntry> list(Filter filter, Page page) {
    Instant now = clock.instant();
    return page.of(
        database
            .jdbi()
            .withHandle(
                sql ->
                    filter
                        .bind(
                            sql.createQuery(
                                    "select n.*, r.name as owner_name from phone_numbers n"
                                        + " left join resources r on r.id = n.owner_id"
                                        + " where <condition>"
                                        + " order by n.number limit :rows offset :skip")
                                .define("condition", filter.condition()))
                        .bind("rows", page.rows())
                        .bind("skip", page.skip())
                        .map((row, context) -> entry(row, now))
                        .list()));
  }

  /**
   * Adds numbers, all or none.
   *
   * @throws InvalidInventoryException when the inventory has some of them already
   */
  public void add(List<InventoryList.Line> lines) throws InvalidInventoryException {
    database.useTransaction(
        sql -> {
          List<Fault> faults = new ArrayList<>();
          for (InventoryList.Line line : lines) {
            if (!insert(sql, line.number()) && faults.size() < MOST_FAULTS) {
              String number = line.number().number();
              faults.add(new Fault(line.line(), number + " is in the inventory already"));
            }
          }
          if (!faults.isEmpty()) {
            throw new InvalidInventoryException(faults);
          }
        });
  }

  /** Fills an inventory that is empty; else does nothing. */
  void seed(List<StockNumber> numbers) {
    database.useTransaction(
        sql -> {
          boolean filled =
              sql.createQuery("select 1 from phone_numbers limit 1")
                  .mapTo(Integer.class)
                  .findOne()
                  .isPresent();
          if (!filled) {
            numbers.forEach(number -> insert(sql, number));
          }
        });
  }

  private boolean insert(Handle sql, StockNumber number) {
    StockNumber.Place place = number.place();
    return sql.createUpdate(
                "insert into phone_numbers (number, country, number_type, assignment_type, calling,"
                    + " sms, cost_micros, cost_currency, area_code, locality, division,"
                    + " division_name, resale_agreement, carrier_reference, imported_at,"
                    + " owned_calling, owned_sms) values (:number, :country, :type, :assignment,"
                    + " :calling, :sms, :micros, :currency, :area, :locality, :division,"
                    + " :divisionName, :agreement, :reference, :now, 0, 0)"
                    + " on conflict (number) do nothing")
            .bind("number", number.number())
            .bind("country", number.country())
            .bind("type", number.type().wireName())
            .bind("assignment", number.assignment().wireName())
            .bind("calling", number.capabilities().calling().bits())
            .bind("sms", number.capabilities().sms().bits())
            .bind("micros", number.cost().micros())
            .bind("currency", number.cost().currencyCode())
            .bind("area", place.areaCode())
            .bind("locality", place.locality())
            .bind("division", place.division())
            .bind("divisionName", place.divisionName())
            .bind("agreement", number.resaleAgreement() ? 1 : 0)
            .bind("reference", number.carrierReference())
            .bind("now", clock.millis())
            .execute()
        == 1;
  }

  /** What came of taking a number out of the inventory. */
  public enum Removal {
    DONE,
    /** The inventory does not have it. */
    UNKNOWN,
    /** A resource owns it, or a search or reservation holds it. */
    IN_USE
  }

  /** Takes a number out of the inventory, when nobody owns or holds it. */
  public Removal remove(String number) {
    return database.inTransaction(
        sql -> {
          int removed =
              sql.createUpdate(
                      "delete from phone_numbers where number = :number and owner_id is null"
                          + " and (hold_id is null or :now >= hold_expires)")
                  .bind("number", number)
                  .bind("now", clock.millis())
                  .execute();
          if (removed == 1) {
            return Removal.DONE;
          }
          return catalogue.find(sql, number).isPresent() ? Removal.IN_USE : Removal.UNKNOWN;
        });
  }

  /**
   * Takes a number from its owner, at once.
   *
   * @return false when nobody owns it
   */
  public boolean release(String number) {
    return database.inTransaction(
        sql -> {
          Optional<OwnedNumber> owned = OwnedNumbers.find(sql, number);
          if (owned.isEmpty() || !catalogue.giveBack(sql, number, owned.get().resourceId())) {
            return false;
          }
          events.released(sql, owned.get(), clock.instant());
          return true;
        });
  }

  private static StockEntry entry(ResultSet row, Instant now) throws SQLException {
    String owner = row.getString("owner_id");
    long held = row.getLong("hold_expires");
    boolean holds = !row.wasNull() && held > now.toEpochMilli();
    return new StockEntry(
        StockRows.stock(row),
        owner == null ? null : UUID.fromString(owner),
        row.getString("owner_name"),
        holds ? Instant.ofEpochMilli(held) : null);
  }
}
