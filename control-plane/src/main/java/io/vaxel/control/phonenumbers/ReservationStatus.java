package io.vaxel.control.phonenumbers;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where a reservation stands; the names are those of ACS. */
enum ReservationStatus {
  /** Holds its numbers, and can be changed and bought. */
  ACTIVE("active"),
  /** Is being bought. */
  SUBMITTED("submitted"),
  /** Was bought. */
  COMPLETED("completed"),
  /** Its time is over, or its purchase failed and its numbers are free again. */
  EXPIRED("expired");

  private final String wireName;

  ReservationStatus(String wireName) {
    this.wireName = wireName;
  }

  /** The name in answers and the database. */
  @JsonValue
  String wireName() {
    return wireName;
  }

  static ReservationStatus of(String wireName) {
    for (ReservationStatus status : values()) {
      if (status.wireName.equals(wireName)) {
        return status;
      }
    }
    throw new IllegalStateException("no reservation status " + wireName);
  }
}
