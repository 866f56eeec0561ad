package io.vaxel.control.phonenumbers;

import io.vaxel.common.storage.Database;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Clears holds whose time is over and forgets old searches and reservations. Nothing depends on it
 * but the size of the tables: everybody who reads a hold looks at its time.
 */
final class HoldSweep {
  private final Database database;
  private final PhoneNumberLimits limits;
  private final InstantSource clock;

  HoldSweep(Database database, PhoneNumberLimits limits, InstantSource clock) {
    this.database = database;
    this.limits = limits;
    this.clock = clock;
  }

  /** One round, each table in a transaction of its own. */
  void run() {
    Instant now = clock.instant();
    database.useTransaction(
        sql ->
            sql.createUpdate(
                    "update phone_numbers"
                        + " set hold_owner = null, hold_id = null, hold_expires = null"
                        + " where :now >= hold_expires")
                .bind("now", now.toEpochMilli())
                .execute());
    database.useTransaction(
        sql -> SearchRows.forgetBefore(sql, now.minus(limits.searchRetention())));
    database.useTransaction(
        sql -> ReservationRows.forgetBefore(sql, now.minus(limits.reservationRetention())));
  }
}
