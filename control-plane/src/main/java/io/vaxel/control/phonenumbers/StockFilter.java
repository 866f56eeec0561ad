package io.vaxel.control.phonenumbers;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers are looked for. Empty text and null stand for any.
 *
 * @param country ISO 3166-1 alpha-2, upper case
 * @param type kind of number
 * @param assignment who it is meant for
 * @param capabilities what it must be able to do, at least
 * @param areaCode exactly this one
 * @param locality exactly this one
 * @param division its abbreviation
 * @param prefixes one of these begins it; digits, country code first
 */
public record StockFilter(
    String country,
    @Nullable PhoneNumberType type,
    @Nullable AssignmentType assignment,
    Capabilities capabilities,
    String areaCode,
    String locality,
    String division,
    List<String> prefixes) {

  private static final Capabilities ANY =
      new Capabilities(CapabilityType.NONE, CapabilityType.NONE);

  public StockFilter {
    prefixes = List.copyOf(prefixes);
  }

  /** Every number of a country. */
  static StockFilter ofCountry(String country) {
    return new StockFilter(country, null, null, ANY, "", "", "", List.of());
  }

  StockFilter withType(@Nullable PhoneNumberType wanted) {
    return new StockFilter(
        country, wanted, assignment, capabilities, areaCode, locality, division, prefixes);
  }

  StockFilter withAssignment(@Nullable AssignmentType wanted) {
    return new StockFilter(
        country, type, wanted, capabilities, areaCode, locality, division, prefixes);
  }

  StockFilter withCapabilities(Capabilities wanted) {
    return new StockFilter(
        country, type, assignment, wanted, areaCode, locality, division, prefixes);
  }

  StockFilter withAreaCode(String wanted) {
    return new StockFilter(
        country, type, assignment, capabilities, wanted, locality, division, prefixes);
  }

  StockFilter withPlace(String wantedLocality, String wantedDivision) {
    return new StockFilter(
        country,
        type,
        assignment,
        capabilities,
        areaCode,
        wantedLocality,
        wantedDivision,
        prefixes);
  }

  StockFilter withPrefixes(List<String> wanted) {
    return new StockFilter(
        country, type, assignment, capabilities, areaCode, locality, division, wanted);
  }

  /** The condition in SQL on {@code phone_numbers}; {@link #bind} gives it its values. */
  String condition() {
    StringBuilder condition =
        new StringBuilder(
            "country = :country and (calling & :calling) = :calling and (sms & :sms) = :sms");
    columns().forEach((column, value) -> and(condition, column, value));
    if (!prefixes.isEmpty()) {
      condition.append(" and (");
      for (int i = 0; i < prefixes.size(); i++) {
        condition.append(i == 0 ? "" : " or ").append("number like :prefix").append(i);
      }
      condition.append(')');
    }
    return condition.toString();
  }

  private static void and(StringBuilder condition, String column, String value) {
    if (!value.isEmpty()) {
      condition.append(" and ").append(column).append(" = :").append(column);
    }
  }

  <S extends SqlStatement<S>> S bind(S statement) {
    statement
        .bind("country", country)
        .bind("calling", capabilities.calling().bits())
        .bind("sms", capabilities.sms().bits());
    columns()
        .forEach(
            (column, value) -> {
              if (!value.isEmpty()) {
                statement.bind(column, value);
              }
            });
    for (int i = 0; i < prefixes.size(); i++) {
      statement.bind("prefix" + i, "+" + prefixes.get(i) + "%");
    }
    return statement;
  }

  private Map<String, String> columns() {
    return Map.of(
        "number_type", type == null ? "" : type.wireName(),
        "assignment_type", assignment == null ? "" : assignment.wireName(),
        "area_code", areaCode,
        "locality", locality,
        "division", division);
  }
}
