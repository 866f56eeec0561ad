package io.vaxel.control.phonenumbers;

import io.vaxel.common.storage.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** What there is to buy, for those who look around. Safe for any thread; blocks. */
final class Catalogue {
  /** A sample is for a list on a screen. */
  private static final int SAMPLE = 50;

  private final Database database;
  private final CarrierCatalogue carrier;
  private final InstantSource clock;

  Catalogue(Database database, CarrierCatalogue carrier, InstantSource clock) {
    this.database = database;
    this.carrier = carrier;
    this.clock = clock;
  }

  /**
   * A country with numbers.
   *
   * @param localizedName in the caller's language
   */
  record Country(String localizedName, String countryCode) {}

  Page.Of<Country> countries(Page page, Locale language) {
    Page.Of<String> codes = database.jdbi().withHandle(sql -> carrier.countries(sql, page));
    return new Page.Of<>(
        codes.items().stream()
            .map(code -> new Country(Countries.nameOf(code, language), code))
            .toList(),
        codes.more());
  }

  Page.Of<String> areaCodes(StockFilter filter, Page page) {
    return database.jdbi().withHandle(sql -> carrier.areaCodes(sql, filter, page));
  }

  Page.Of<StockNumber.Place> localities(StockFilter filter, Page page) {
    return database.jdbi().withHandle(sql -> carrier.localities(sql, filter, page));
  }

  Page.Of<Offering> offerings(StockFilter filter, Page page) {
    return database.jdbi().withHandle(sql -> carrier.offerings(sql, filter, page));
  }

  /** Some numbers that could be reserved now, by chance. */
  List<StockNumber> browse(StockFilter filter) {
    return database.jdbi().withHandle(sql -> carrier.sample(sql, filter, SAMPLE, clock.instant()));
  }
}
