package io.vaxel.control.phonenumbers;

import io.vaxel.common.operation.Operation;
import io.vaxel.common.operation.OperationFailedException;
import io.vaxel.common.operation.OperationHandler;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Gives a number back to the catalogue. Its input is the number. */
final class ReleaseHandler implements OperationHandler {
  static final String KIND = "release";

  private final CarrierCatalogue catalogue;
  private final NumberEvents events;
  private final InstantSource clock;

  ReleaseHandler(CarrierCatalogue catalogue, NumberEvents events, InstantSource clock) {
    this.catalogue = catalogue;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public @Nullable String run(Handle sql, Operation operation) throws OperationFailedException {
    OwnedNumber owned =
        OwnedNumbers.find(sql, operation.input())
            .filter(number -> number.resourceId().equals(operation.resourceId()))
            .orElseThrow(ReleaseHandler::notOwned);
    if (!catalogue.giveBack(sql, owned.stock().number(), owned.resourceId())) {
      throw notOwned();
    }
    events.released(sql, owned, clock.instant());
    return null;
  }

  private static OperationFailedException notOwned() {
    return new OperationFailedException(
        "NotFound", "The resource does not own the phone number any more.");
  }
}
