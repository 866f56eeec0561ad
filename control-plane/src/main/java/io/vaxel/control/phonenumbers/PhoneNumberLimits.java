package io.vaxel.control.phonenumbers;

import java.time.Duration;

/**
 * Limits of searching and reserving.
 *
 * @param heldNumbers numbers that a resource may keep from others at once, and the most that one
 *     search or reservation may ask for
 * @param searches searches of a resource that are remembered
 * @param reservations reservations of a resource that are remembered
 * @param hold how long a search keeps its numbers, and a reservation after its last change
 * @param longestReservation how long a reservation lasts whatever is done
 * @param searchRetention how long the result of a search can be asked for
 * @param reservationRetention how long a reservation can be asked for
 */
public record PhoneNumberLimits(
    int heldNumbers,
    int searches,
    int reservations,
    Duration hold,
    Duration longestReservation,
    Duration searchRetention,
    Duration reservationRetention) {

  /**
   * The times are those of ACS. The numbers are larger than any order of one application; with them
   * a resource that only holds and never buys keeps at most 500 numbers from others.
   */
  public static PhoneNumberLimits defaults() {
    return new PhoneNumberLimits(
        500,
        1000,
        1000,
        Duration.ofMinutes(15),
        Duration.ofHours(2),
        Duration.ofDays(1),
        Duration.ofDays(30));
  }
}
