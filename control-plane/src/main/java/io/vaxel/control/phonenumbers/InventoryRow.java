package io.vaxel.control.phonenumbers;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads one number of a list that an operator imports. */
final class InventoryRow {
  private static final Set<String> NAMES =
      new TreeSet<>(
          Set.of(
              "number",
              "type",
              "assignment",
              "calling",
              "sms",
              "cost",
              "currency",
              "country",
              "areaCode",
              "locality",
              "administrativeDivision",
              "administrativeDivisionName",
              "resaleAgreement",
              "carrierReference"));
  private static final int LONGEST_TEXT = 100;

  private final Map<String, String> row;

  private InventoryRow(Map<String, String> row) {
    this.row = row;
  }

  /**
   * Reads a number.
   *
   * @param row texts by their names; empty ones count as left out
   * @throws IllegalArgumentException when it is not valid; the message names the column
   */
  static StockNumber parse(Map<String, String> row) {
    for (String name : row.keySet()) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "there is no column " + shown(name) + "; there are " + String.join(", ", NAMES));
      }
    }
    return new InventoryRow(row).number();
  }

  private StockNumber number() {
    String number = text("number", "");
    if (!E164.isValid(number)) {
      throw new IllegalArgumentException(
          "number must be in the form of E.164, such as +14255550123, but is " + shown(number));
    }
    Capabilities capabilities =
        new Capabilities(
            value("calling", "none", CapabilityType::of), value("sms", "none", CapabilityType::of));
    if (capabilities.isNothing()) {
      throw new IllegalArgumentException("calling or sms must be other than none");
    }
    return new StockNumber(
        number,
        countryOf(number),
        value("type", "", PhoneNumberType::of),
        value("assignment", "application", AssignmentType::of),
        capabilities,
        Cost.parse(text("cost", "0"), text("currency", "USD")),
        place(),
        value("resaleAgreement", "false", InventoryRow::truth),
        text("carrierReference", ""));
  }

  private StockNumber.Place place() {
    String areaCode = text("areaCode", "");
    if (!areaCode.matches("[0-9]{0,8}")) {
      throw new IllegalArgumentException("areaCode must be at most 8 digits");
    }
    String division = text("administrativeDivision", "");
    return new StockNumber.Place(
        areaCode, text("locality", ""), division, text("administrativeDivisionName", division));
  }

  /** The country that is named, which must be one of the number's code, or the code's main one. */
  private String countryOf(String number) {
    PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
    int code;
    try {
      PhoneNumber parsed = plans.parse(number, null);
      code = parsed.getCountryCode();
    } catch (NumberParseException e) {
      throw new IllegalArgumentException(number + " begins with the code of no country", e);
    }
    String named = text("country", "");
    String country =
        Countries.find(named.isEmpty() ? plans.getRegionCodeForCountryCode(code) : named);
    if (country == null) {
      throw new IllegalArgumentException("country must be a code of ISO 3166, such as US");
    }
    if (plans.getCountryCodeForRegion(country) != code) {
      throw new IllegalArgumentException(number + " is no phone number of " + country);
    }
    return country;
  }

  private String text(String name, String fallback) {
    String text = row.getOrDefault(name, "").strip();
    if (text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          name + " must be a text of at most " + LONGEST_TEXT + " characters");
    }
    return text.isEmpty() ? fallback : text;
  }

  private <T> T value(String name, String fallback, Function<String, T> reader) {
    String text = text(name, fallback);
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " " + e.getMessage(), e);
    }
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static String shown(String text) {
    return "\"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
  }
}
