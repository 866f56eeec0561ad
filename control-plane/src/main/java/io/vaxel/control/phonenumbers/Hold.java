package io.vaxel.control.phonenumbers;

import java.util.UUID;

/**
 * What keeps numbers for one buyer for a while.
 *
 * @param resourceId the buyer
 * @param id names the search or the reservation; unique within the resource
 */
public record Hold(UUID resourceId, String id) {
  static Hold ofSearch(UUID resourceId, UUID searchId) {
    return new Hold(resourceId, "search:" + searchId);
  }

  static Hold ofReservation(UUID resourceId, UUID reservationId) {
    return new Hold(resourceId, "reservation:" + reservationId);
  }
}
