package io.vaxel.control.phonenumbers;

import io.vaxel.common.event.Event;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Tells subscribers what happens to a resource's numbers. ACS has no such events; the names follow
 * its others.
 */
final class NumberEvents {
  private final Sink sink;

  /** Takes events inside the transaction that causes them. */
  interface Sink {
    void append(Handle sql, Event event);
  }

  /**
   * What every event holds.
   *
   * @param phoneNumber E.164 with its plus
   * @param countryCode ISO 3166-1 alpha-2
   * @param capabilities what the owner uses; after a release what was used
   * @param at when it happened
   */
  record Data(
      String phoneNumber,
      String countryCode,
      PhoneNumberType phoneNumberType,
      AssignmentType assignmentType,
      Capabilities capabilities,
      String at) {}

  NumberEvents(Sink sink) {
    this.sink = sink;
  }

  void purchased(Handle sql, OwnedNumber number, Instant now) {
    append(sql, "Microsoft.Communication.PhoneNumberPurchased", number, now);
  }

  void changed(Handle sql, OwnedNumber number, Instant now) {
    append(sql, "Microsoft.Communication.PhoneNumberCapabilitiesUpdated", number, now);
  }

  void released(Handle sql, OwnedNumber number, Instant now) {
    append(sql, "Microsoft.Communication.PhoneNumberReleased", number, now);
  }

  private void append(Handle sql, String type, OwnedNumber number, Instant now) {
    StockNumber stock = number.stock();
    sink.append(
        sql,
        new Event(
            number.resourceId(),
            type,
            "/phonenumber/" + stock.id(),
            new Data(
                stock.number(),
                stock.country(),
                stock.type(),
                stock.assignment(),
                number.capabilities(),
                now.toString())));
  }
}
