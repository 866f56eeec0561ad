package io.vaxel.control.phonenumbers;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Numbers that a resource picked to buy together.
 *
 * @param id chosen by the client; unique within the resource
 * @param status as it is now, time considered
 * @param expiresAt until when the numbers are held
 * @param numbers in their order
 */
record Reservation(
    UUID resourceId,
    UUID id,
    ReservationStatus status,
    Instant createdAt,
    Instant expiresAt,
    List<StockNumber> numbers) {
  Reservation {
    numbers = List.copyOf(numbers);
  }

  Hold hold() {
    return Hold.ofReservation(resourceId, id);
  }
}
