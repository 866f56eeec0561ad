package io.vaxel.common.fault;

import io.vaxel.common.event.Event;
import io.vaxel.common.event.EventLimits;
import io.vaxel.common.event.EventSchema;
import io.vaxel.common.event.EventService;
import io.vaxel.common.event.SubscriptionSpec;
import io.vaxel.common.operation.Operation;
import io.vaxel.common.operation.OperationHandler;
import io.vaxel.common.operation.OperationLimits;
import io.vaxel.common.operation.OperationWorker;
import io.vaxel.common.operation.Operations;
import io.vaxel.common.storage.Database;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A process that is to be killed: starts operations and appends events, one of each in every
 * transaction, says on its standard output which it has committed, and works on what there is.
 */
final class MortalProcess {
  static final UUID RESOURCE = new UUID(1, 1);
  private static final Duration LEASE = Duration.ofSeconds(2);

  private MortalProcess() {}

  /**
   * Runs until it is killed, or with the third argument until nothing is left to do.
   *
   * @param args the database's URL, the endpoint's URL, and whether to begin nothing new
   */
  // What it says is read by its parent.
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws Exception {
    boolean drain = args.length > 2;
    InstantSource clock = InstantSource.system();
    OperationLimits limits =
        new OperationLimits(4, LEASE, 50, 1_000_000, Duration.ofDays(1), Duration.ofMillis(100));
    try (Database database = Database.open(args[0])) {
      Operations operations = new Operations(database, limits, clock);
      try (OperationWorker worker =
              new OperationWorker(database, operations, List.of(new Recorder()), limits, clock);
          EventService events =
              new EventService(
                  database,
                  new EventService.Settings(
                      URI.create("https://localhost:8443/"), true, eventLimits()),
                  id -> "/topic",
                  clock)) {
        SubscriptionSpec spec =
            new SubscriptionSpec(
                URI.create(args[1]), EventSchema.EVENT_GRID, List.of(), "", "", null, 30, 1440);
        events.subscriptions().put(RESOURCE, "hook", spec, -1);
        worker.start();
        events.start();
        while (!drain) {
          System.out.println(begin(database, operations, events));
          TimeUnit.MILLISECONDS.sleep(3);
        }
        while (unfinished(database) > 0) {
          TimeUnit.MILLISECONDS.sleep(50);
        }
      }
    }
    System.out.println("drained");
  }

  private static String begin(Database database, Operations operations, EventService events) {
    String name = UUID.randomUUID().toString();
    database.useTransaction(
        sql -> {
          operations.start(sql, RESOURCE, "record", name);
          events.outbox().append(sql, new Event(RESOURCE, "t", name, Map.of()));
        });
    return name;
  }

  private static int unfinished(Database database) {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(
                        "select (select count(*) from operations where due_at is not null)"
                            + " + (select count(*) from event_deliveries)")
                    .mapTo(int.class)
                    .one());
  }

  private static EventLimits eventLimits() {
    return new EventLimits(
        10,
        64,
        8,
        Duration.ofSeconds(1),
        LEASE,
        Duration.ofMinutes(10),
        1_000_000,
        10_000,
        Duration.ofDays(30),
        1000,
        Duration.ofMillis(100));
  }

  /** Writes down what it did, slowly enough to be killed in the middle. */
  private static final class Recorder implements OperationHandler {
    @Override
    public String kind() {
      return "record";
    }

    @Override
    public @Nullable String run(Handle sql, Operation operation) {
      sql.execute("insert into done values (?)", operation.input());
      try {
        TimeUnit.MILLISECONDS.sleep(2);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return "done";
    }
  }
}
