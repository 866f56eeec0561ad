package io.vaxel.control.phonenumbers;

import io.vaxel.common.error.ApiException;
import io.vaxel.common.operation.Operation;
import io.vaxel.common.operation.Operations;
import io.vaxel.common.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Searching for numbers and buying what was found. A search holds its numbers for a while; within
 * that time they can be bought, once. Safe for any thread; blocks.
 */
final class Searches {
  private final Database database;
  private final CarrierCatalogue catalogue;
  private final Operations operations;
  private final PhoneNumberLimits limits;
  private final InstantSource clock;

  /**
   * What was started.
   *
   * @param operation which does it
   * @param searchId where its result will be
   */
  record Started(Operation operation, UUID searchId) {}

  Searches(
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

  /**
   * Begins a search.
   *
   * @throws ApiException 429 when the resource holds too many numbers or has made too many searches
   */
  Started start(UUID resourceId, Search.Criteria criteria) {
    UUID id = UUID.randomUUID();
    return database.inTransaction(
        sql -> {
          Instant now = clock.instant();
          if (SearchRows.count(sql, resourceId) >= limits.searches()) {
            throw NumberErrors.tooManyKept(
                "searches a day", limits.searches(), limits.searchRetention());
          }
          if (catalogue.countHeld(sql, resourceId, now) + criteria.quantity()
              > limits.heldNumbers()) {
            throw NumberErrors.tooManyHeld(limits.heldNumbers(), limits.hold());
          }
          Operation operation =
              operations.start(sql, resourceId, SearchHandler.KIND, id.toString());
          SearchRows.insert(
              sql, new Search(id, resourceId, operation.id(), criteria, now, null, null));
          return new Started(operation, id);
        });
  }

  /** The search of a resource with this id, if it made one. */
  Optional<Search> find(UUID resourceId, UUID id) {
    return database.jdbi().inTransaction(sql -> SearchRows.find(sql, resourceId, id));
  }

  /**
   * Begins to buy what a search found. The numbers stay held while the purchase waits for its turn.
   *
   * @param agreeToNotResell whether the buyer agrees to what some numbers demand
   * @throws ApiException 404 when there is no such search, 409 when it found nothing, its time is
   *     over or its numbers were bought already, 400 when the agreement is missing
   */
  Operation purchase(UUID resourceId, UUID id, boolean agreeToNotResell) {
    return database.inTransaction(sql -> purchase(sql, resourceId, id, agreeToNotResell));
  }

  private Operation purchase(Handle sql, UUID resourceId, UUID id, boolean agreeToNotResell) {
    Instant now = clock.instant();
    Search search = SearchRows.find(sql, resourceId, id).orElseThrow(NumberErrors::searchNotFound);
    Search.Found found = search.found();
    if (found == null) {
      throw NumberErrors.searchHasNoNumbers();
    }
    if (search.purchaseId() != null) {
      throw NumberErrors.searchIsSpent();
    }
    if (found.resaleAgreement() && !agreeToNotResell) {
      throw NumberErrors.agreementMissing();
    }
    int held = catalogue.extend(sql, search.hold(), now.plus(limits.hold()), now);
    if (held != found.numbers().size()) {
      throw NumberErrors.expired("searchId");
    }
    Operation operation = operations.start(sql, resourceId, PurchaseHandler.KIND, id.toString());
    if (!SearchRows.spend(sql, id, operation.id())) {
      throw NumberErrors.searchIsSpent();
    }
    return operation;
  }
}
