package io.vaxel.control.phonenumbers;

import io.vaxel.common.operation.OperationFailedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Buys numbers that are held. */
final class Buyer {
  private final CarrierCatalogue catalogue;
  private final NumberEvents events;

  Buyer(CarrierCatalogue catalogue, NumberEvents events) {
    this.catalogue = catalogue;
    this.events = events;
  }

  /**
   * Buys numbers in the caller's transaction, which must roll back when this fails.
   *
   * @param used what the buyer uses of them; all that each can do when empty
   * @throws OperationFailedException when the hold does not have all of them any more
   */
  void buy(Handle sql, List<String> numbers, Hold hold, Optional<Capabilities> used, Instant now)
      throws OperationFailedException {
    for (String number : numbers) {
      if (!catalogue.buy(sql, number, hold, used, now)) {
        throw new OperationFailedException(
            NumberErrors.EXPIRED, "The phone numbers are not held any more; search again.");
      }
      OwnedNumber bought =
          OwnedNumbers.find(sql, number)
              .orElseThrow(() -> new IllegalStateException("a number was bought by nobody"));
      events.purchased(sql, bought, now);
    }
  }
}
