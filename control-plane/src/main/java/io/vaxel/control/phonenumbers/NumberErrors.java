package io.vaxel.control.phonenumbers;

import io.vaxel.common.error.ApiException;
import java.time.Duration;

/** The documented refusals of the phone numbers service. */
final class NumberErrors {
  /** What a search or purchase is told that comes too late. */
  static final String EXPIRED = "ReservationExpired";

  private static final String NOT_FOUND = "NotFound";

  private NumberErrors() {}

  static ApiException invalid(String field, String message) {
    return new ApiException(400, "ValidationError", message, field);
  }

  static ApiException numberNotFound(String number) {
    return new ApiException(
        404, NOT_FOUND, "Input phoneNumber " + number + " cannot be found.", "phonenumber");
  }

  /** The server has the number, but it is not the caller's: free, or another resource's. */
  static ApiException numberNotOwned() {
    return new ApiException(
        403,
        "InsufficientPermissions",
        "The resource does not own this phone number.",
        "phonenumber");
  }

  static ApiException countryNotFound() {
    return new ApiException(
        404, NOT_FOUND, "The country must be a code of ISO 3166, such as US.", "countryCode");
  }

  static ApiException searchNotFound() {
    return new ApiException(404, NOT_FOUND, "There is no such search.", "searchId");
  }

  static ApiException searchHasNoNumbers() {
    return new ApiException(
        409, "Conflict", "The search found no numbers, or is not finished.", "searchId");
  }

  static ApiException searchIsSpent() {
    return new ApiException(
        409, "Conflict", "The numbers of this search were bought already.", "searchId");
  }

  static ApiException operationNotFound() {
    return new ApiException(404, NOT_FOUND, "There is no such operation.", "operationId");
  }

  static ApiException reservationNotFound() {
    return new ApiException(404, NOT_FOUND, "There is no such reservation.", "reservationId");
  }

  static ApiException reservationNotActive(ReservationStatus status) {
    return new ApiException(
        409, "Conflict", "The reservation is " + status.wireName() + ".", "reservationId");
  }

  static ApiException reservationIsEmpty() {
    return new ApiException(
        409, "Conflict", "The reservation has no phone numbers.", "reservationId");
  }

  static ApiException expired(String target) {
    return new ApiException(
        409, EXPIRED, "The phone numbers are not held any more; search again.", target);
  }

  static ApiException agreementMissing() {
    return new ApiException(
        400,
        "AgreementToNotResellRequired",
        "A phone number in this purchase demands that agreeToNotResell is true.",
        "agreeToNotResell");
  }

  /** So many numbers are held already; they come free within the time. */
  static ApiException tooManyHeld(int limit, Duration hold) {
    return tooMany("A resource can hold " + limit + " phone numbers at once.", hold);
  }

  static ApiException tooManyKept(String what, int limit, Duration retryAfter) {
    return tooMany("A resource can have " + limit + " " + what + ".", retryAfter);
  }

  private static ApiException tooMany(String message, Duration retryAfter) {
    return new ApiException(429, "TooManyRequests", message)
        .withHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
  }
}
