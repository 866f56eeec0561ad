package io.vaxel.control.phonenumbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.common.error.ApiException;
import io.vaxel.common.operation.Operation;
import io.vaxel.common.operation.OperationLimits;
import io.vaxel.common.operation.OperationWorker;
import io.vaxel.common.operation.Operations;
import io.vaxel.common.storage.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever two resources do with a handful of numbers, in any order, and however time passes: the
 * inventory agrees with a model in which every number has one owner, one holder, or none.
 */
class NumberLifeProperties {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final int NUMBERS = 4;

  /** One step: what is done, by whom, to which number, search or reservation. */
  record Step(int what, int who, int which) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 9),
            Arbitraries.integers().between(0, 1),
            Arbitraries.integers().between(0, NUMBERS - 1))
        .as(Step::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(40);
  }

  @Property(tries = 25)
  void everyNumberIsWithOneOwnerOrHolderOrFree(@ForAll("steps") List<Step> steps) throws Exception {
    Path folder = Files.createTempDirectory("numbers");
    try (Database database = Database.open("jdbc:sqlite:" + folder.resolve("vaxel.db"))) {
      World world = new World(database);
      for (Step step : steps) {
        world.take(step);
        world.check();
      }
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The service and a model of it. */
  private static final class World {
    private final Database database;
    private final Operations operations;
    private final OperationWorker worker;
    private final Searches searches;
    private final Reservations reservations;
    private final OwnedNumbers numbers;
    private final HoldSweep sweep;
    private final List<UUID> resources = List.of(UUID.randomUUID(), UUID.randomUUID());
    private final List<UUID> reservationIds = List.of(UUID.randomUUID(), UUID.randomUUID());

    /** Of each resource: the last search that found something. */
    private final Map<UUID, UUID> lastSearch = new HashMap<>();

    /** Number → owner. */
    private final Map<String, UUID> owners = new HashMap<>();

    private Instant now = NOON;

    World(Database database) throws Exception {
      this.database = database;
      OperationLimits limits = OperationLimits.defaults();
      this.operations = new Operations(database, limits, () -> now);
      PhoneNumberLimits numberLimits = PhoneNumberLimits.defaults();
      Inventory inventory = new Inventory();
      NumberEvents events = new NumberEvents((sql, event) -> {});
      Buyer buyer = new Buyer(inventory, events);
      this.worker =
          new OperationWorker(
              database,
              operations,
              List.of(
                  new SearchHandler(inventory, numberLimits, () -> now),
                  new PurchaseHandler(buyer, () -> now),
                  new ReservationPurchaseHandler(buyer, () -> now),
                  new ReleaseHandler(inventory, events, () -> now)),
              limits,
              () -> now);
      this.searches = new Searches(database, inventory, operations, numberLimits, () -> now);
      this.reservations =
          new Reservations(database, inventory, operations, numberLimits, () -> now);
      this.numbers = new OwnedNumbers(database, operations);
      this.sweep = new HoldSweep(database, numberLimits, () -> now);
      for (UUID resource : resources) {
        database
            .jdbi()
            .useHandle(
                sql ->
                    sql.createUpdate(
                            "insert into resources"
                                + " (id, name, region, location, created_at, name_key)"
                                + " values (:id, :id, 'amer', 'unitedstates', 0, :id)")
                        .bind("id", resource.toString())
                        .execute());
      }
      StringBuilder list = new StringBuilder("number,type,calling\n");
      for (int i = 0; i < NUMBERS; i++) {
        list.append(number(i)).append(",geographic,inbound\n");
      }
      new NumberStock(database, inventory, events, () -> now)
          .add(InventoryList.ofCsv(list.toString()));
    }

    private static String number(int which) {
      return "+1425555010" + which;
    }

    void take(Step step) {
      UUID who = resources.get(step.who());
      try {
        switch (step.what()) {
          case 0, 1 -> search(who, 1 + step.which() % 2);
          case 2 -> purchase(who);
          case 3, 4 -> reserve(who, step.which());
          case 5 -> buyReservation(who, step.which());
          case 6 -> reservations.delete(who, reservationIds.get(step.which() % 2));
          case 7 -> release(who, number(step.which()));
          case 8 -> now = now.plus(Duration.ofMinutes(6));
          default -> sweep.run();
        }
      } catch (ApiException e) {
        assertTrue(e.status() == 403 || e.status() == 404 || e.status() == 409, e.getMessage());
      }
    }

    private Operation done(Operation operation) {
      worker.runDue();
      return operations.find(operation.resourceId(), operation.id()).orElseThrow();
    }

    private static boolean succeeded(Operation operation) {
      return operation.error() == null;
    }

    private void search(UUID who, int quantity) {
      Searches.Started started =
          searches.start(
              who,
              new Search.Criteria(
                  "US",
                  PhoneNumberType.GEOGRAPHIC,
                  AssignmentType.APPLICATION,
                  new Capabilities(CapabilityType.INBOUND, CapabilityType.NONE),
                  "",
                  quantity));
      int free = free().size();
      boolean found = succeeded(done(started.operation()));
      assertEquals(free >= quantity, found, "a search finds what is free");
      if (found) {
        lastSearch.put(who, started.searchId());
      }
    }

    private void purchase(UUID who) {
      UUID id = lastSearch.get(who);
      if (id == null) {
        return;
      }
      List<String> found = found(who, id);
      Operation purchased = done(searches.purchase(who, id, false));
      assertTrue(succeeded(purchased), "what was accepted in time is done");
      found.forEach(number -> owners.put(number, who));
    }

    private List<String> found(UUID who, UUID id) {
      Search search = searches.find(who, id).orElseThrow();
      Search.Found found = search.found();
      return found == null ? List.of() : found.numbers();
    }

    private void reserve(UUID who, int which) {
      boolean free = free().contains(number(which));
      UUID id = reservationIds.get(which % 2);
      boolean mine = heldBy(number(which)).equals(Optional.of(Hold.ofReservation(who, id)));
      Reservations.Changed changed =
          reservations.change(who, id, new Reservations.Change(Set.of(number(which)), Set.of()));
      assertEquals(free || mine, changed.refused().isEmpty(), "what is free can be reserved");
    }

    private void buyReservation(UUID who, int which) {
      UUID id = reservationIds.get(which % 2);
      Reservation reservation = reservations.get(who, id);
      assertTrue(succeeded(done(reservations.purchase(who, id, false))));
      reservation.numbers().forEach(number -> owners.put(number.number(), who));
    }

    private void release(UUID who, String number) {
      Operation released = done(numbers.release(who, number));
      assertTrue(succeeded(released));
      assertEquals(who, owners.remove(number));
    }

    /** Numbers that nobody owns or holds. */
    private List<String> free() {
      List<String> free = new ArrayList<>();
      for (int i = 0; i < NUMBERS; i++) {
        if (!owners.containsKey(number(i)) && heldBy(number(i)).isEmpty()) {
          free.add(number(i));
        }
      }
      return free;
    }

    private Optional<Hold> heldBy(String number) {
      return database
          .jdbi()
          .withHandle(
              sql ->
                  sql.createQuery(
                          "select hold_owner, hold_id from phone_numbers"
                              + " where number = :number and hold_expires > :now")
                      .bind("number", number)
                      .bind("now", now.toEpochMilli())
                      .map(
                          (row, context) ->
                              new Hold(UUID.fromString(row.getString(1)), row.getString(2)))
                      .findOne());
    }

    /** Nothing lost, and everybody owns what the model says. */
    void check() {
      Map<String, UUID> found = new HashMap<>();
      for (UUID resource : resources) {
        for (OwnedNumber owned : numbers.list(resource, new Page(0, 100)).items()) {
          assertEquals(null, found.put(owned.stock().number(), resource));
        }
      }
      assertEquals(owners, found);
      int all =
          database
              .jdbi()
              .withHandle(
                  sql ->
                      sql.createQuery("select count(*) from phone_numbers")
                          .mapTo(Integer.class)
                          .one());
      assertEquals(NUMBERS, all);
      for (UUID who : resources) {
        for (UUID id : reservationIds) {
          checkReservation(who, id);
        }
      }
    }

    /** An active reservation holds all its numbers. */
    private void checkReservation(UUID who, UUID id) {
      try {
        Reservation reservation = reservations.get(who, id);
        if (reservation.status() == ReservationStatus.ACTIVE) {
          reservation
              .numbers()
              .forEach(
                  number -> assertEquals(Optional.of(reservation.hold()), heldBy(number.number())));
        }
      } catch (ApiException e) {
        assertEquals(404, e.status());
      }
    }
  }
}
