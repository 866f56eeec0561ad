package io.vaxel.common.event;

import static io.vaxel.common.event.FakeEndpoints.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaxel.common.storage.Database;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Every event that was appended ends delivered or dead-lettered, exactly by the rules, whatever the
 * endpoint answers and whenever the process dies: compared with a plain model.
 */
class EventDeliveryProperties {
  private static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");

  // One at a time, so that a death takes one delivery with it and the model stays plain.
  private static final EventLimits LIMITS =
      new EventLimits(
          10,
          1,
          1,
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMinutes(10),
          1000,
          1000,
          Duration.ofDays(30),
          1000,
          Duration.ofSeconds(1));

  private static Path folder = Path.of("");
  private static Optional<Database> opened = Optional.empty();

  @BeforeContainer
  static void open() throws IOException {
    folder = Files.createTempDirectory("vaxel-events");
    opened = Optional.of(Database.open("jdbc:sqlite:" + folder.resolve("vaxel.db")));
  }

  @AfterContainer
  static void close() throws IOException {
    opened.ifPresent(Database::close);
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** What an endpoint does with an attempt. */
  enum Act {
    OK,
    NO_CONTENT,
    BAD_REQUEST,
    NOT_FOUND,
    SERVER_ERROR,
    BUSY,
    TIMEOUT_STATUS,
    NO_ANSWER,
    /** The process dies before anything arrives. */
    DIES_BEFORE,
    /** The process dies when the endpoint has taken the event. */
    DIES_AFTER;

    int status() {
      return switch (this) {
        case OK -> 200;
        case NO_CONTENT -> 204;
        case BAD_REQUEST -> 400;
        case NOT_FOUND -> 404;
        case SERVER_ERROR -> 500;
        case BUSY -> 503;
        case TIMEOUT_STATUS -> 408;
        case NO_ANSWER, DIES_BEFORE, DIES_AFTER -> 0;
      };
    }
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** How it ended, after how many attempts that reached the endpoint. */
  private record End(String how, int asked) {}

  private static End model(List<Act> acts, int maxAttempts, Duration ttl) {
    Duration time = Duration.ZERO;
    for (int attempt = 1; ; attempt++) {
      if (time.compareTo(ttl) >= 0) {
        return new End("TimeToLiveExceeded", attempt - 1);
      }
      if (attempt > maxAttempts) {
        return new End("MaxDeliveryAttemptsExceeded", attempt - 1);
      }
      Act act = acts.get(Math.min(attempt, acts.size()) - 1);
      Duration pause = DeliveryRules.PAUSES.get(Math.min(attempt, 10) - 1);
      switch (act) {
        case OK, NO_CONTENT -> {
          return new End("delivered", attempt);
        }
        case BAD_REQUEST, NOT_FOUND -> {
          return new End("UndeliverableDueToClientError", attempt);
        }
        case DIES_BEFORE, DIES_AFTER -> {
          time = time.plus(LIMITS.lease());
          continue;
        }
        case BUSY -> pause = longer(pause, Duration.ofSeconds(30));
        case TIMEOUT_STATUS -> pause = longer(pause, Duration.ofMinutes(2));
        case SERVER_ERROR, NO_ANSWER -> {}
      }
      if (attempt >= maxAttempts) {
        return new End("MaxDeliveryAttemptsExceeded", attempt);
      }
      time = time.plus(pause);
      time = time.compareTo(ttl) > 0 ? ttl : time;
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  @Property(tries = 60)
  void everyEventEndsAsTheRulesSay(
      @ForAll @Size(min = 1, max = 4) List<@Size(min = 1, max = 7) List<Act>> scripts,
      @ForAll @IntRange(min = 1, max = 30) int maxAttempts,
      @ForAll @IntRange(min = 1, max = 1440) int ttlMinutes)
      throws Exception {
    Run run = new Run(scripts);
    run.go(maxAttempts, ttlMinutes);
    List<End> expected = new ArrayList<>();
    for (List<Act> acts : scripts) {
      expected.add(model(acts, maxAttempts, Duration.ofMinutes(ttlMinutes)));
    }
    assertEquals(expected, run.ends());
  }

  /** One life of the service, with its deaths. */
  private static final class Run {
    private final Database database = opened.orElseThrow();
    private final UUID resource = UUID.randomUUID();
    private final FakeEndpoints endpoints = new FakeEndpoints();
    private final List<List<Act>> scripts;
    private final Map<String, Integer> asked = new HashMap<>();
    private final Map<String, Integer> delivered = new HashMap<>();
    private Instant now = BEGIN;

    Run(List<List<Act>> scripts) {
      this.scripts = scripts;
      endpoints.agreeAnd(
          request -> {
            String subject = request.event().path("subject").asText();
            int attempt = asked.merge(subject, 1, Integer::sum);
            List<Act> acts = scripts.get(Integer.parseInt(subject));
            Act act = acts.get(Math.min(attempt, acts.size()) - 1);
            return switch (act) {
              case DIES_BEFORE, DIES_AFTER -> throw new Killed();
              case NO_ANSWER -> throw new IOException("no answer");
              case OK, NO_CONTENT -> {
                delivered.merge(subject, 1, Integer::sum);
                yield answer(act.status());
              }
              default -> answer(act.status());
            };
          });
    }

    private EventService service() {
      return new EventService(
          database,
          new EventService.Settings(URI.create("https://calls.example.org/"), true, LIMITS),
          id -> "/topic",
          () -> now,
          endpoints,
          () -> 0L);
    }

    void go(int maxAttempts, int ttlMinutes) throws Exception {
      try (EventService events = service()) {
        events
            .subscriptions()
            .put(
                resource,
                "hook",
                new SubscriptionSpec(
                    URI.create("https://app.example.com/"),
                    EventSchema.EVENT_GRID,
                    List.of(),
                    "",
                    "",
                    null,
                    maxAttempts,
                    ttlMinutes),
                -1);
        events.runDue();
        database.useTransaction(
            sql -> {
              for (int i = 0; i < scripts.size(); i++) {
                events
                    .outbox()
                    .append(sql, new Event(resource, "t", Integer.toString(i), Map.of()));
              }
            });
      }
      Optional<Instant> next = nextDue();
      while (next.isPresent()) {
        now = next.get().isAfter(now) ? next.get() : now;
        liveUntilDeath();
        next = nextDue();
      }
    }

    private void liveUntilDeath() throws InterruptedException {
      try (EventService events = service()) {
        events.runDue();
      } catch (Killed e) {
        // The next life finds what this one left.
      }
    }

    private Optional<Instant> nextDue() {
      return database
          .jdbi()
          .withHandle(
              sql ->
                  sql.createQuery(
                          "select min(d.due_at) from event_deliveries d join event_subscriptions s"
                              + " on s.id = d.subscription_id where s.resource_id = :resource")
                      .bind("resource", resource.toString())
                      .mapTo(Long.class)
                      .findOne()
                      .map(Instant::ofEpochMilli));
    }

    List<End> ends() {
      Map<String, String> dead = new HashMap<>();
      try (EventService events = service()) {
        for (DeadLetter letter : events.deadLetters().list(resource, Instant.EPOCH, "", 100)) {
          dead.put(letter.subject(), letter.reason());
        }
      }
      List<End> ends = new ArrayList<>();
      for (int i = 0; i < scripts.size(); i++) {
        String subject = Integer.toString(i);
        String how = dead.getOrDefault(subject, "lost");
        if (delivered.containsKey(subject)) {
          how = dead.containsKey(subject) ? "delivered and dead" : "delivered";
        }
        ends.add(new End(how, asked.getOrDefault(subject, 0)));
      }
      return ends;
    }
  }
}
