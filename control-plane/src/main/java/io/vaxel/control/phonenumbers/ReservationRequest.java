package io.vaxel.control.phonenumbers;

import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Body of "create or update a reservation", a merge patch. What the server alone decides (status,
 * time of expiry) is ignored.
 *
 * @param id the reservation's, which must be the one of the path when given
 * @param phoneNumbers numbers by their ids; null in place of a number removes it
 */
record ReservationRequest(
    @Nullable String id,
    @Size(max = 500, message = "must have at most 500 phone numbers")
        @Nullable Map<String, @Nullable Item> phoneNumbers) {

  /**
   * A number as browsing answered it. Only the number itself counts; the rest is the server's to
   * know.
   */
  record Item(
      @Nullable String id,
      @Nullable String phoneNumber,
      @Nullable String countryCode,
      @Nullable PhoneNumberType phoneNumberType,
      @Nullable AssignmentType assignmentType) {}

  /** What to do, each number checked for its form. */
  Reservations.Change change() {
    Set<String> add = new TreeSet<>();
    Set<String> remove = new TreeSet<>();
    if (phoneNumbers != null) {
      phoneNumbers.forEach((key, item) -> (item == null ? remove : add).add(numberOf(key, item)));
    }
    return new Reservations.Change(add, remove);
  }

  /** The number as it was sent, if it was. */
  @Nullable Item item(String number) {
    return phoneNumbers == null ? null : phoneNumbers.get(E164.idOf(number));
  }

  private static String numberOf(String key, @Nullable Item item) {
    String number = "+" + key;
    boolean agrees =
        item == null || item.phoneNumber() == null || item.phoneNumber().equals(number);
    if (!E164.isValid(number) || !agrees) {
      throw NumberErrors.invalid(
          "phoneNumbers",
          "phoneNumbers must have each phone number under its id, which is its digits.");
    }
    return number;
  }
}
