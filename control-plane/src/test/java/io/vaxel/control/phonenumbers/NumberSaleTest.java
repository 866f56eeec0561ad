package io.vaxel.control.phonenumbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.common.storage.Database;
import io.vaxel.common.testing.TestStorage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many who want the same numbers at once: each number goes to one of them. */
@ParameterizedClass
@EnumSource(TestStorage.class)
class NumberSaleTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(900);
  private static final int NUMBERS = 20;
  private static final int BUYERS = 12;
  private static final StockFilter ALL = StockFilter.ofCountry("US");

  @Parameter private TestStorage storage = TestStorage.SQLITE;
  @TempDir private Path folder;

  // Two of each, as two processes on one database would have them. Set before each test.
  @SuppressWarnings("NullAway.Init")
  private List<Database> databases;

  private final List<UUID> resources = new ArrayList<>();

  @BeforeEach
  void fill() throws Exception {
    databases = List.of(storage.open(folder), storage.open(folder));
    for (int i = 0; i < BUYERS; i++) {
      resources.add(resource("buyer" + i));
    }
    StringBuilder list = new StringBuilder("number,type,calling\n");
    for (int i = 0; i < NUMBERS; i++) {
      list.append("+142555501").append(10 + i).append(",geographic,inbound\n");
    }
    new NumberStock(
            databases.getFirst(), new Inventory(), new NumberEvents((sql, event) -> {}), () -> NOW)
        .add(InventoryList.ofCsv(list.toString()));
  }

  @AfterEach
  void close() {
    databases.forEach(Database::close);
  }

  private UUID resource(String name) {
    UUID id = UUID.randomUUID();
    databases
        .getFirst()
        .jdbi()
        .useHandle(
            sql ->
                sql.createUpdate(
                        "insert into resources (id, name, region, location, created_at, name_key)"
                            + " values (:id, :name, 'amer', 'unitedstates', 0, :name)")
                    .bind("id", id.toString())
                    .bind("name", name)
                    .execute());
    return id;
  }

  /** Every buyer tries; the results in the order of the buyers. */
  private <T> List<T> allAtOnce(BuyerWork<T> work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(BUYERS)) {
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < BUYERS; i++) {
        UUID resource = resources.get(i);
        // Each uses a catalogue of its own on one of two pools.
        Database database = databases.get(i % 2);
        tasks.add(() -> work.run(database, new Inventory(), resource));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    }
  }

  private interface BuyerWork<T> {
    T run(Database database, CarrierCatalogue catalogue, UUID resource);
  }

  private static Hold holdOf(UUID resource) {
    return new Hold(resource, "search:1");
  }

  private void assertNobodyOwnsTwice(Set<String> sold) {
    List<String> owned =
        databases
            .getFirst()
            .jdbi()
            .withHandle(
                sql ->
                    sql.createQuery("select number from phone_numbers where owner_id is not null")
                        .mapTo(String.class)
                        .list());
    assertEquals(sold, new HashSet<>(owned));
  }

  @Test
  void searchersOfTheSameNumbersGetDifferentOnes() throws Exception {
    List<List<StockNumber>> held =
        allAtOnce(
            (database, catalogue, resource) ->
                database.inTransaction(
                    sql -> catalogue.hold(sql, ALL, 3, holdOf(resource), LATER, NOW)));
    Set<String> all = new HashSet<>();
    for (List<StockNumber> each : held) {
      assertTrue(each.isEmpty() || each.size() == 3);
      each.forEach(
          number -> assertTrue(all.add(number.number()), number.number() + " is held twice"));
    }
    // Six times three are twenty but two: as many as there are were found.
    assertEquals(18, all.size());
  }

  @Test
  void onlyOneOfManyBuysTheSameNumber() throws Exception {
    String number = "+14255550110";
    List<Boolean> bought =
        allAtOnce(
            (database, catalogue, resource) ->
                database.inTransaction(
                    sql ->
                        catalogue.hold(sql, number, holdOf(resource), LATER, NOW)
                            && catalogue.buy(
                                sql, number, holdOf(resource), Optional.empty(), NOW)));
    assertEquals(1, bought.stream().filter(Boolean::booleanValue).count());
    assertNobodyOwnsTwice(Set.of(number));
    assertEquals(
        resources.get(bought.indexOf(true)),
        databases
            .getFirst()
            .jdbi()
            .withHandle(sql -> OwnedNumbers.find(sql, number).orElseThrow().resourceId()));
  }

  @Test
  void buyersWhoseTimeIsOverDoNotTakeFromTheNext() throws Exception {
    String number = "+14255550110";
    UUID late = resources.getFirst();
    databases
        .getFirst()
        .useTransaction(
            sql ->
                assertTrue(
                    new Inventory().hold(sql, number, holdOf(late), NOW.plusMillis(1), NOW)));
    List<Boolean> bought =
        allAtOnce(
            (database, catalogue, resource) ->
                database.inTransaction(
                    sql -> {
                      Instant now = NOW.plusSeconds(1);
                      if (!resource.equals(late)) {
                        catalogue.hold(sql, number, holdOf(resource), LATER, now);
                      }
                      return catalogue.buy(sql, number, holdOf(resource), Optional.empty(), now);
                    }));
    assertFalse(bought.getFirst());
    assertEquals(1, bought.stream().filter(Boolean::booleanValue).count());
  }

  @Test
  void buyingHoldingAndGivingBackByManyLosesNothing() throws Exception {
    allAtOnce(
        (database, catalogue, resource) -> {
          for (int round = 0; round < 15; round++) {
            database.useTransaction(
                sql -> {
                  for (StockNumber number :
                      catalogue.hold(sql, ALL, 2, holdOf(resource), LATER, NOW)) {
                    assertTrue(
                        catalogue.buy(
                            sql, number.number(), holdOf(resource), Optional.empty(), NOW));
                  }
                });
            database.useTransaction(
                sql -> {
                  for (String number : ownedBy(sql, resource)) {
                    if (ThreadLocalRandom.current().nextBoolean()) {
                      assertTrue(catalogue.giveBack(sql, number, resource));
                    }
                  }
                });
          }
          return true;
        });
    int numbers =
        databases
            .getFirst()
            .jdbi()
            .withHandle(
                sql ->
                    sql.createQuery("select count(*) from phone_numbers")
                        .mapTo(Integer.class)
                        .one());
    assertEquals(NUMBERS, numbers);
  }

  private static List<String> ownedBy(Handle sql, UUID resource) {
    return sql.createQuery(
            "select number from phone_numbers where owner_id = :resource order by number")
        .bind("resource", resource.toString())
        .mapTo(String.class)
        .list();
  }
}
