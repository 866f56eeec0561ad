package io.vaxel.control.phonenumbers;

import io.vaxel.common.operation.Operation;
import io.vaxel.common.operation.OperationFailedException;
import io.vaxel.common.operation.OperationHandler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Finds the numbers of a search and holds them. Its input is the search's id. */
final class SearchHandler implements OperationHandler {
  static final String KIND = "search";

  /** The error of a search that does not find enough, in the operation and in the result. */
  static final String OUT_OF_STOCK = "OutOfStock";

  private final CarrierCatalogue catalogue;
  private final PhoneNumberLimits limits;
  private final InstantSource clock;

  SearchHandler(CarrierCatalogue catalogue, PhoneNumberLimits limits, InstantSource clock) {
    this.catalogue = catalogue;
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String run(Handle sql, Operation operation) throws OperationFailedException {
    UUID id = UUID.fromString(operation.input());
    Search search =
        SearchRows.find(sql, operation.resourceId(), id)
            .orElseThrow(() -> new OperationFailedException("NotFound", "The search was removed."));
    Instant now = clock.instant();
    Search.Criteria criteria = search.criteria();
    // Searches that began together passed the first count together.
    int held = catalogue.countHeld(sql, operation.resourceId(), now);
    if (held + criteria.quantity() > limits.heldNumbers()) {
      throw new OperationFailedException(
          "TooManyRequests",
          "A resource can hold " + limits.heldNumbers() + " phone numbers at once.");
    }
    Instant expires = now.plus(limits.hold());
    List<StockNumber> numbers =
        catalogue.hold(sql, criteria.filter(), criteria.quantity(), search.hold(), expires, now);
    if (numbers.isEmpty()) {
      throw new OperationFailedException(
          OUT_OF_STOCK, "There are not enough phone numbers that match the search.");
    }
    SearchRows.found(
        sql,
        id,
        new Search.Found(
            numbers.stream().map(StockNumber::number).toList(),
            numbers.getFirst().cost(),
            numbers.stream().anyMatch(StockNumber::resaleAgreement),
            expires));
    return id.toString();
  }
}
