package io.vaxel.control.phonenumbers;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reservation in an answer.
 *
 * @param id the GUID that the client chose
 * @param expiresAt ISO 8601, UTC
 * @param phoneNumbers by their ids; left out in lists
 */
record ReservationBody(
    String id,
    String expiresAt,
    @Nullable Map<String, AvailableNumberBody> phoneNumbers,
    ReservationStatus status) {

  static ReservationBody of(Reservation reservation) {
    Map<String, AvailableNumberBody> numbers = new LinkedHashMap<>();
    for (StockNumber number : reservation.numbers()) {
      numbers.put(number.id(), AvailableNumberBody.of(number, statusOf(reservation.status())));
    }
    return of(reservation, numbers);
  }

  /** With the numbers that could not be held, as errors. */
  static ReservationBody of(Reservations.Changed changed, ReservationRequest request) {
    Map<String, AvailableNumberBody> numbers = new LinkedHashMap<>();
    ReservationBody whole = of(changed.reservation());
    if (whole.phoneNumbers() != null) {
      numbers.putAll(whole.phoneNumbers());
    }
    for (String number : changed.refused()) {
      numbers.put(E164.idOf(number), AvailableNumberBody.refused(number, request.item(number)));
    }
    return of(changed.reservation(), numbers);
  }

  static ReservationBody withoutNumbers(Reservation reservation) {
    return of(reservation, null);
  }

  private static ReservationBody of(
      Reservation reservation, @Nullable Map<String, AvailableNumberBody> numbers) {
    return new ReservationBody(
        reservation.id().toString(),
        reservation.expiresAt().toString(),
        numbers,
        reservation.status());
  }

  private static String statusOf(ReservationStatus status) {
    return switch (status) {
      case ACTIVE, SUBMITTED -> "reserved";
      case COMPLETED -> "purchased";
      case EXPIRED -> "expired";
    };
  }

  /** A page of reservations. */
  record PageBody(List<ReservationBody> reservations, @Nullable URI nextLink) {}
}
