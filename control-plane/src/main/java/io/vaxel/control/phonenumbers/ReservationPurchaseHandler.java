package io.vaxel.control.phonenumbers;

import io.vaxel.common.operation.Operation;
import io.vaxel.common.operation.OperationFailedException;
import io.vaxel.common.operation.OperationHandler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Buys the numbers of a reservation, all or none. Its input is the reservation's id. */
final class ReservationPurchaseHandler implements OperationHandler {
  static final String KIND = "reservation-purchase";

  private final Buyer buyer;
  private final InstantSource clock;

  ReservationPurchaseHandler(Buyer buyer, InstantSource clock) {
    this.buyer = buyer;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public @Nullable String run(Handle sql, Operation operation) throws OperationFailedException {
    UUID id = UUID.fromString(operation.input());
    Instant now = clock.instant();
    Reservation reservation =
        ReservationRows.find(sql, operation.resourceId(), id, now)
            .orElseThrow(
                () -> new OperationFailedException("NotFound", "The reservation was removed."));
    if (!ReservationRows.complete(sql, operation.resourceId(), id, operation.id())) {
      throw new OperationFailedException("PurchaseFailed", "The reservation cannot be bought.");
    }
    buyer.buy(
        sql,
        reservation.numbers().stream().map(StockNumber::number).toList(),
        reservation.hold(),
        Optional.empty(),
        now);
    return null;
  }
}
