package io.vaxel.control.phonenumbers;

import io.vaxel.common.operation.Operation;
import io.vaxel.common.operation.OperationFailedException;
import io.vaxel.common.operation.OperationHandler;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Buys the numbers of a search, all or none. Its input is the search's id. */
final class PurchaseHandler implements OperationHandler {
  static final String KIND = "purchase";

  private final Buyer buyer;
  private final InstantSource clock;

  PurchaseHandler(Buyer buyer, InstantSource clock) {
    this.buyer = buyer;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public @Nullable String run(Handle sql, Operation operation) throws OperationFailedException {
    Search search =
        SearchRows.find(sql, operation.resourceId(), UUID.fromString(operation.input()))
            .orElseThrow(() -> new OperationFailedException("NotFound", "The search was removed."));
    Search.Found found = search.found();
    if (found == null || !operation.id().equals(search.purchaseId())) {
      throw new OperationFailedException("PurchaseFailed", "The search cannot be bought.");
    }
    buyer.buy(
        sql,
        found.numbers(),
        search.hold(),
        Optional.of(search.criteria().capabilities()),
        clock.instant());
    return null;
  }
}
