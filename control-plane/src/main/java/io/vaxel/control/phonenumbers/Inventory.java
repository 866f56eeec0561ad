package io.vaxel.control.phonenumbers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The operator's own numbers as a catalogue, in the table {@code phone_numbers}. What keeps a
 * number from being sold twice is that its row has room for one owner and one hold, and that every
 * change says in its condition what it takes over.
 */
final class Inventory implements CarrierCatalogue {
  private static final String FREE =
      "owner_id is null and (hold_id is null or :now >= hold_expires)";
  private static final String OF_HOLD =
      "hold_owner = :resource and hold_id = :hold and hold_expires > :now";

  @Override
  public Page.Of<String> countries(Handle sql, Page page) {
    return page.of(
        paged(
                sql.createQuery(
                    "select distinct country from phone_numbers where owner_id is null"
                        + " order by country limit :rows offset :skip"),
                page)
            .mapTo(String.class)
            .list());
  }

  @Override
  public Page.Of<String> areaCodes(Handle sql, StockFilter filter, Page page) {
    return page.of(
        distinct(sql, "area_code", filter, "area_code <> ''", page).mapTo(String.class).list());
  }

  @Override
  public Page.Of<StockNumber.Place> localities(Handle sql, StockFilter filter, Page page) {
    return page.of(
        distinct(sql, "locality, division, division_name", filter, "locality <> ''", page)
            .map(
                (row, context) ->
                    new StockNumber.Place(
                        "",
                        row.getString("locality"),
                        row.getString("division"),
                        row.getString("division_name")))
            .list());
  }

  @Override
  public Page.Of<Offering> offerings(Handle sql, StockFilter filter, Page page) {
    return page.of(
        distinct(
                sql,
                "number_type, assignment_type, cost_currency, cost_micros, calling, sms",
                filter,
                "owner_id is null",
                page)
            .map(
                (row, context) ->
                    new Offering(
                        PhoneNumberType.of(row.getString("number_type")),
                        AssignmentType.of(row.getString("assignment_type")),
                        StockRows.capabilities(row, "calling", "sms"),
                        StockRows.cost(row)))
            .list());
  }

  private static Query distinct(
      Handle sql, String columns, StockFilter filter, String more, Page page) {
    return paged(
        filter.bind(
            sql.createQuery(
                    "select distinct <columns> from phone_numbers"
                        + " where <condition> and owner_id is null and <more>"
                        + " order by <columns> limit :rows offset :skip")
                .define("columns", columns)
                .define("condition", filter.condition())
                .define("more", more)),
        page);
  }

  private static Query paged(Query query, Page page) {
    return query.bind("rows", page.rows()).bind("skip", page.skip());
  }

  @Override
  public List<StockNumber> sample(Handle sql, StockFilter filter, int most, Instant now) {
    return filter
        .bind(
            sql.createQuery(
                    "select * from phone_numbers where <condition> and <free>"
                        + " order by random() limit :most")
                .define("condition", filter.condition())
                .define("free", FREE))
        .bind("most", most)
        .bind("now", now.toEpochMilli())
        .map((row, context) -> StockRows.stock(row))
        .list();
  }

  @Override
  public Optional<StockNumber> find(Handle sql, String number) {
    return sql.createQuery("select * from phone_numbers where number = :number")
        .bind("number", number)
        .map((row, context) -> StockRows.stock(row))
        .findOne();
  }

  @Override
  public List<StockNumber> hold(
      Handle sql, StockFilter filter, int quantity, Hold hold, Instant until, Instant now) {
    for (Cost cost : pricesOf(sql, filter, quantity, now)) {
      List<StockNumber> held = holdAt(sql, filter, cost, quantity, hold, until, now);
      if (held.size() == quantity) {
        return held;
      }
      // Somebody else was faster. What was taken at this price goes back before the next is tried.
      drop(sql, hold);
    }
    return List.of();
  }

  /** The prices at which there is enough, the lowest first. */
  private static List<Cost> pricesOf(Handle sql, StockFilter filter, int quantity, Instant now) {
    return filter
        .bind(
            sql.createQuery(
                    "select cost_micros, cost_currency from phone_numbers"
                        + " where <condition> and <free>"
                        + " group by cost_micros, cost_currency having count(*) >= :quantity"
                        + " order by cost_micros, cost_currency")
                .define("condition", filter.condition())
                .define("free", FREE))
        .bind("quantity", quantity)
        .bind("now", now.toEpochMilli())
        .map((row, context) -> StockRows.cost(row))
        .list();
  }

  /**
   * Takes numbers one by one, in their order, so that two who want the same wait for each other and
   * never in a circle. A number that went to somebody else meanwhile is passed over.
   */
  private List<StockNumber> holdAt(
      Handle sql,
      StockFilter filter,
      Cost cost,
      int quantity,
      Hold hold,
      Instant until,
      Instant now) {
    List<StockNumber> held = new ArrayList<>();
    String after = "";
    while (held.size() < quantity) {
      List<StockNumber> candidates =
          filter
              .bind(
                  sql.createQuery(
                          "select * from phone_numbers where <condition> and <free>"
                              + " and cost_micros = :micros and cost_currency = :currency"
                              + " and number > :after order by number limit :most")
                      .define("condition", filter.condition())
                      .define("free", FREE))
              .bind("micros", cost.micros())
              .bind("currency", cost.currencyCode())
              .bind("now", now.toEpochMilli())
              .bind("after", after)
              .bind("most", quantity - held.size())
              .map((row, context) -> StockRows.stock(row))
              .list();
      if (candidates.isEmpty()) {
        return held;
      }
      for (StockNumber candidate : candidates) {
        if (hold(sql, candidate.number(), hold, until, now)) {
          held.add(candidate);
        }
      }
      after = candidates.getLast().number();
    }
    return held;
  }

  @Override
  public boolean hold(Handle sql, String number, Hold hold, Instant until, Instant now) {
    return sql.createUpdate(
                "update phone_numbers"
                    + " set hold_owner = :resource, hold_id = :hold, hold_expires = :until"
                    + " where number = :number and owner_id is null"
                    + " and (hold_id is null or :now >= hold_expires"
                    + " or (hold_owner = :resource and hold_id = :hold))")
            .bind("number", number)
            .bind("resource", hold.resourceId().toString())
            .bind("hold", hold.id())
            .bind("until", until.toEpochMilli())
            .bind("now", now.toEpochMilli())
            .execute()
        == 1;
  }

  @Override
  public int extend(Handle sql, Hold hold, Instant until, Instant now) {
    return sql.createUpdate("update phone_numbers set hold_expires = :until where <held>")
        .define("held", OF_HOLD)
        .bind("resource", hold.resourceId().toString())
        .bind("hold", hold.id())
        .bind("until", until.toEpochMilli())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  @Override
  public void drop(Handle sql, Hold hold) {
    sql.createUpdate(
            "update phone_numbers set hold_owner = null, hold_id = null, hold_expires = null"
                + " where hold_owner = :resource and hold_id = :hold")
        .bind("resource", hold.resourceId().toString())
        .bind("hold", hold.id())
        .execute();
  }

  @Override
  public void drop(Handle sql, Hold hold, String number) {
    sql.createUpdate(
            "update phone_numbers set hold_owner = null, hold_id = null, hold_expires = null"
                + " where number = :number and hold_owner = :resource and hold_id = :hold")
        .bind("number", number)
        .bind("resource", hold.resourceId().toString())
        .bind("hold", hold.id())
        .execute();
  }

  @Override
  public int countHeld(Handle sql, UUID resourceId, Instant now) {
    sql.createUpdate(
            "insert into number_holders (resource_id, touched_at) values (:resource, :now)"
                + " on conflict (resource_id) do update set touched_at = excluded.touched_at")
        .bind("resource", resourceId.toString())
        .bind("now", now.toEpochMilli())
        .execute();
    return sql.createQuery(
            "select count(*) from phone_numbers"
                + " where hold_owner = :resource and hold_expires > :now")
        .bind("resource", resourceId.toString())
        .bind("now", now.toEpochMilli())
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public boolean buy(
      Handle sql, String number, Hold hold, Optional<Capabilities> used, Instant now) {
    String take =
        used.isPresent()
            ? "owned_calling = :calling, owned_sms = :sms"
            : "owned_calling = calling, owned_sms = sms";
    var update =
        sql.createUpdate(
                "update phone_numbers set owner_id = :resource, <take>, purchased_at = :now,"
                    + " hold_owner = null, hold_id = null, hold_expires = null"
                    + " where number = :number and owner_id is null and <held>")
            .define("take", take)
            .define("held", OF_HOLD)
            .bind("number", number)
            .bind("resource", hold.resourceId().toString())
            .bind("hold", hold.id())
            .bind("now", now.toEpochMilli());
    used.ifPresent(
        wanted -> update.bind("calling", wanted.calling().bits()).bind("sms", wanted.sms().bits()));
    return update.execute() == 1;
  }

  @Override
  public boolean giveBack(Handle sql, String number, UUID resourceId) {
    return sql.createUpdate(
                "update phone_numbers set owner_id = null, purchased_at = null"
                    + " where number = :number and owner_id = :resource")
            .bind("number", number)
            .bind("resource", resourceId.toString())
            .execute()
        == 1;
  }
}
