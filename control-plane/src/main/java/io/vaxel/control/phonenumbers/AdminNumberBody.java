package io.vaxel.control.phonenumbers;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number of the inventory as its operator sees it; the names are those of the import.
 *
 * @param state free, held or owned
 * @param resource the name of the resource that owns it
 * @param heldUntil ISO 8601, UTC; of a number that is held
 */
record AdminNumberBody(
    String number,
    String country,
    PhoneNumberType type,
    AssignmentType assignment,
    CapabilityType calling,
    CapabilityType sms,
    String cost,
    String currency,
    String areaCode,
    String locality,
    String administrativeDivision,
    String administrativeDivisionName,
    boolean resaleAgreement,
    String carrierReference,
    String state,
    @Nullable String resource,
    @Nullable String heldUntil) {

  static AdminNumberBody of(StockEntry entry) {
    StockNumber number = entry.number();
    StockNumber.Place place = number.place();
    Instant held = entry.heldUntil();
    return new AdminNumberBody(
        number.number(),
        number.country(),
        number.type(),
        number.assignment(),
        number.capabilities().calling(),
        number.capabilities().sms(),
        number.cost().amount().toPlainString(),
        number.cost().currencyCode(),
        place.areaCode(),
        place.locality(),
        place.division(),
        place.divisionName(),
        number.resaleAgreement(),
        number.carrierReference(),
        entry.ownerId() != null ? "owned" : held != null ? "held" : "free",
        entry.ownerName(),
        held == null ? null : held.toString());
  }

  /** A page of the inventory. */
  record PageBody(List<AdminNumberBody> value, @Nullable String nextLink) {}

  /**
   * Answer to an import.
   *
   * @param imported how many numbers were added
   */
  record Imported(int imported) {}
}
