package io.vaxel.control.phonenumbers;

import io.vaxel.common.error.ApiException;
import io.vaxel.common.operation.Operation;
import io.vaxel.common.operation.Operations;
import io.vaxel.common.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Reservations: numbers that were picked one by one, held for a while after the last change, and
 * bought together. Safe for any thread; blocks.
 */
final class Reservations {
  private final Database database;
  private final CarrierCatalogue catalogue;
  private final Operations operations;
  private final PhoneNumberLimits limits;
  private final InstantSource clock;

  /**
   * What to do to a reservation.
   *
   * @param add numbers to hold; one that it holds already is passed over
   * @param remove numbers to let go of; one that it does not have is passed over
   */
  record Change(Set<String> add, Set<String> remove) {
    Change {
      add = Set.copyOf(add);
      remove = Set.copyOf(remove);
    }
  }

  /**
   * What came of a change.
   *
   * @param created whether the reservation is new
   * @param refused numbers that could not be held
   */
  record Changed(Reservation reservation, boolean created, List<String> refused) {
    Changed {
      refused = List.copyOf(refused);
    }
  }

  Reservations(
      Database database,
      CarrierCatalogue catalogue,
      Operations operations,
      PhoneNumberLimits limits,
      InstantSource clock) {
    this.database = database;
    this.catalogue = catalogue;
    this.operations = operations;
    this.limits = limits;
    this.clock = clock;
  }

  /** The reservations of a resource without their numbers, the newest first. */
  Page.Of<Reservation> list(UUID resourceId, Page page) {
    return page.of(
        database
            .jdbi()
            .withHandle(sql -> ReservationRows.list(sql, resourceId, page, clock.instant())));
  }

  /**
   * A reservation with its numbers.
   *
   * @throws ApiException 404 when the resource has none with this id
   */
  Reservation get(UUID resourceId, UUID id) {
    return database
        .jdbi()
        .inTransaction(sql -> ReservationRows.find(sql, resourceId, id, clock.instant()))
        .orElseThrow(NumberErrors::reservationNotFound);
  }

  /**
   * Makes a reservation, or changes one that is active. Numbers that cannot be held are told and
   * the others are held all the same.
   *
   * @throws ApiException 409 when there is one that is not active, 429 when the resource holds too
   *     many numbers or has too many reservations; nothing is changed then
   */
  Changed change(UUID resourceId, UUID id, Change change) {
    return database.inTransaction(sql -> change(sql, resourceId, id, change));
  }

  private Changed change(Handle sql, UUID resourceId, UUID id, Change change) {
    Instant now = clock.instant();
    Hold hold = Hold.ofReservation(resourceId, id);
    // First of all, because it makes others who hold for this resource wait.
    int heldBefore = catalogue.countHeld(sql, resourceId, now);
    boolean created = ReservationRows.find(sql, resourceId, id, now).isEmpty();
    if (created) {
      create(sql, resourceId, id, now);
    }
    Reservation reservation = find(sql, resourceId, id, now);
    if (reservation.status() != ReservationStatus.ACTIVE) {
      throw NumberErrors.reservationNotActive(reservation.status());
    }
    for (String number : new TreeSet<>(change.remove())) {
      catalogue.drop(sql, hold, number);
      ReservationRows.removeItem(sql, resourceId, id, number);
    }
    Set<String> kept = new TreeSet<>();
    reservation.numbers().forEach(number -> kept.add(number.number()));
    Set<String> wanted = new TreeSet<>(change.add());
    wanted.removeAll(kept);
    kept.removeAll(change.remove());
    if (heldBefore - (reservation.numbers().size() - kept.size()) + wanted.size()
        > limits.heldNumbers()) {
      throw NumberErrors.tooManyHeld(limits.heldNumbers(), limits.hold());
    }
    Instant expires = expiryAfter(reservation.createdAt(), now);
    catalogue.extend(sql, hold, expires, now);
    List<String> refused = new ArrayList<>();
    for (String number : wanted) {
      if (catalogue.hold(sql, number, hold, expires, now)) {
        ReservationRows.addItem(sql, resourceId, id, number);
      } else {
        refused.add(number);
      }
    }
    ReservationRows.setExpiry(sql, hold, id, expires);
    return new Changed(find(sql, resourceId, id, now), created, refused);
  }

  private void create(Handle sql, UUID resourceId, UUID id, Instant now) {
    if (ReservationRows.count(sql, resourceId) >= limits.reservations()) {
      throw NumberErrors.tooManyKept("reservations", limits.reservations(), limits.hold());
    }
    ReservationRows.insert(sql, resourceId, id, now, expiryAfter(now, now));
  }

  private Instant expiryAfter(Instant created, Instant now) {
    Instant sliding = now.plus(limits.hold());
    Instant last = created.plus(limits.longestReservation());
    return sliding.isBefore(last) ? sliding : last;
  }

  private static Reservation find(Handle sql, UUID resourceId, UUID id, Instant now) {
    return ReservationRows.find(sql, resourceId, id, now)
        .orElseThrow(NumberErrors::reservationNotFound);
  }

  /**
   * Removes a reservation and lets go of its numbers.
   *
   * @throws ApiException 404 when the resource has none with this id, 409 while it is being bought
   */
  void delete(UUID resourceId, UUID id) {
    database.useTransaction(
        sql -> {
          Instant now = clock.instant();
          catalogue.countHeld(sql, resourceId, now);
          Reservation reservation = find(sql, resourceId, id, now);
          if (reservation.status() == ReservationStatus.SUBMITTED) {
            throw NumberErrors.reservationNotActive(reservation.status());
          }
          catalogue.drop(sql, reservation.hold());
          ReservationRows.delete(sql, resourceId, id);
        });
  }

  /**
   * Begins to buy the numbers of a reservation, all or none. They stay held while the purchase
   * waits for its turn.
   *
   * @param agreeToNotResell whether the buyer agrees to what some numbers demand
   * @throws ApiException 404 when there is none, 409 when it is not active or empty, 400 when the
   *     agreement is missing
   */
  Operation purchase(UUID resourceId, UUID id, boolean agreeToNotResell) {
    return database.inTransaction(
        sql -> {
          Instant now = clock.instant();
          catalogue.countHeld(sql, resourceId, now);
          Reservation reservation = find(sql, resourceId, id, now);
          if (reservation.status() != ReservationStatus.ACTIVE) {
            throw NumberErrors.reservationNotActive(reservation.status());
          }
          if (reservation.numbers().isEmpty()) {
            throw NumberErrors.reservationIsEmpty();
          }
          if (!agreeToNotResell
              && reservation.numbers().stream().anyMatch(StockNumber::resaleAgreement)) {
            throw NumberErrors.agreementMissing();
          }
          Instant expires = now.plus(limits.hold());
          int held = catalogue.extend(sql, reservation.hold(), expires, now);
          if (held != reservation.numbers().size()) {
            throw NumberErrors.expired("reservationId");
          }
          Operation operation =
              operations.start(sql, resourceId, ReservationPurchaseHandler.KIND, id.toString());
          if (!ReservationRows.submit(sql, resourceId, id, operation.id(), expires)) {
            throw NumberErrors.reservationNotActive(ReservationStatus.SUBMITTED);
          }
          return operation;
        });
  }
}
