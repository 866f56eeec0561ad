package io.vaxel.control.phonenumbers;

import io.vaxel.common.event.EventOutbox;
import io.vaxel.common.operation.OperationHandler;
import io.vaxel.common.operation.Operations;
import io.vaxel.common.storage.Database;
import io.vaxel.common.version.ApiVersions;
import java.time.InstantSource;
import java.util.List;

/**
 * The phone numbers service put together: what the server needs of it. Safe for any thread; blocks.
 */
public final class PhoneNumbersService {
  private final Operations operations;
  private final PhoneNumberLimits limits;
  private final InstantSource clock;
  private final OwnedNumbers numbers;
  private final Searches searches;
  private final Reservations reservations;
  private final Catalogue catalogue;
  private final NumberStock stock;
  private final HoldSweep sweep;
  private final List<OperationHandler> handlers;

  /**
   * Opens the service on a database.
   *
   * @param development whether an inventory that is empty is filled with fictional numbers
   */
  public PhoneNumbersService(
      Database database,
      Operations operations,
      EventOutbox outbox,
      PhoneNumberLimits limits,
      boolean development,
      InstantSource clock) {
    this.operations = operations;
    this.limits = limits;
    this.clock = clock;
    CarrierCatalogue inventory = new Inventory();
    NumberEvents events = new NumberEvents(outbox::append);
    this.numbers = new OwnedNumbers(database, operations);
    this.searches = new Searches(database, inventory, operations, limits, clock);
    this.reservations = new Reservations(database, inventory, operations, limits, clock);
    this.catalogue = new Catalogue(database, inventory, clock);
    this.stock = new NumberStock(database, inventory, events, clock);
    this.sweep = new HoldSweep(database, limits, clock);
    Buyer buyer = new Buyer(inventory, events);
    this.handlers =
        List.of(
            new SearchHandler(inventory, limits, clock),
            new PurchaseHandler(buyer, clock),
            new ReservationPurchaseHandler(buyer, clock),
            new ReleaseHandler(inventory, events, clock),
            new CapabilitiesHandler(events, clock));
    if (development) {
      stock.seed(DevelopmentRange.numbers());
    }
  }

  /** The versions of its REST API. */
  public static ApiVersions versions() {
    return PhoneNumbersVersions.table();
  }

  /** Who does its long-running operations. */
  public List<OperationHandler> operationHandlers() {
    return handlers;
  }

  /** Clears what is over: holds, old searches and reservations. Nothing else depends on it. */
  public void removeExpired() {
    sweep.run();
  }

  /** Instances to register with Jakarta REST. */
  public List<Object> restComponents() {
    return List.of(
        new PhoneNumbersResource(numbers),
        new OperationsResource(operations),
        new CountriesResource(catalogue, searches, limits),
        new SearchResultsResource(searches, operations, clock),
        new ReservationsResource(reservations),
        new OperatorInformationResource(new OperatorLookup()),
        new AdminNumbersResource(stock),
        new AdminImportResource(stock));
  }

  /** Who owns which number. */
  public PhoneNumberDirectory directory() {
    return numbers;
  }

  /** The inventory, for its operator. */
  public NumberStock stock() {
    return stock;
  }
}
