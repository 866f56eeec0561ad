package io.vaxel.common.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.common.background.Wakeup;
import io.vaxel.common.storage.Database;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Asks endpoints whether they want events, so that nobody can have a stranger flooded: Event Grid's
 * validation event, or the OPTIONS request of CloudEvents; or somebody at the endpoint opens the
 * validation URL. Safe for any thread; blocks.
 */
final class Handshakes {
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1));

  private final Database database;
  private final EventLimits limits;
  private final EventMessages messages;
  private final EndpointClient endpoints;
  private final ObjectMapper json;
  private final InstantSource clock;
  private final Wakeup wakeup;

  Handshakes(
      Database database,
      EventLimits limits,
      EventMessages messages,
      EndpointClient endpoints,
      ObjectMapper json,
      InstantSource clock,
      Wakeup wakeup) {
    this.database = database;
    this.limits = limits;
    this.messages = messages;
    this.endpoints = endpoints;
    this.json = json;
    this.clock = clock;
    this.wakeup = wakeup;
  }

  /** A handshake to try, taken by this process. */
  record Attempt(EventSubscription subscription, String code, int number, long version) {}

  /** What came of one. */
  private record Outcome(SubscriptionState state, String reason, @Nullable Integer rate) {
    static Outcome of(SubscriptionState state, String reason) {
      return new Outcome(state, reason, null);
    }
  }

  /** Takes the handshakes that are due, so many at most. */
  List<Attempt> takeDue(int most) {
    long now = clock.millis();
    return database.inTransaction(
        sql ->
            sql
                .createQuery(
                    "select * from event_subscriptions where validation_due_at <= :now"
                        + " and validation_ends_at > :now order by validation_due_at limit :most")
                .bind("now", now)
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Attempt(
                            SubscriptionRows.read(row),
                            row.getString("validation_code"),
                            row.getInt("validation_attempts") + 1,
                            row.getLong("validation_version")))
                .list()
                .stream()
                .filter(attempt -> take(sql, attempt, now))
                .toList());
  }

  private boolean take(Handle sql, Attempt attempt, long now) {
    return sql.createUpdate(
                "update event_subscriptions set validation_attempts = :number,"
                    + " validation_due_at = :due where id = :id and validation_version = :version"
                    + " and validation_attempts = :number - 1")
            .bind("number", attempt.number())
            .bind("due", now + limits.lease().toMillis())
            .bind("id", attempt.subscription().id().toString())
            .bind("version", attempt.version())
            .execute()
        > 0;
  }

  /**
   * Tries a handshake and writes what came of it.
   *
   * @throws InterruptedException when the caller is to stop; it is tried again after its lease
   */
  void attempt(Attempt attempt) throws InterruptedException {
    Outcome outcome;
    try {
      EndpointClient.Answer answer =
          endpoints.ask(
              messages.validation(attempt.subscription(), attempt.code(), clock.instant()));
      outcome =
          switch (attempt.subscription().spec().schema()) {
            case EVENT_GRID -> eventGrid(answer, attempt.code());
            case CLOUD_EVENTS -> cloudEvents(answer);
          };
    } catch (IOException e) {
      outcome = Outcome.of(SubscriptionState.VALIDATING, String.valueOf(e.getMessage()));
    }
    write(attempt, outcome);
    wakeup.wake();
  }

  private Outcome eventGrid(EndpointClient.Answer answer, String code) {
    if (answer.status() != 200 && answer.status() != 202) {
      return refused(answer);
    }
    try {
      String response = json.readTree(answer.body()).path("validationResponse").asText();
      if (response.equals(code)) {
        return Outcome.of(SubscriptionState.ACTIVE, "");
      }
    } catch (JsonProcessingException e) {
      // As Event Grid has it: the endpoint got the URL, and somebody may open it.
    }
    return Outcome.of(
        SubscriptionState.AWAITING_MANUAL_ACTION,
        "The endpoint answered without the validation code; the validation URL may be opened.");
  }

  private Outcome cloudEvents(EndpointClient.Answer answer) {
    if (answer.status() < 200 || answer.status() > 299) {
      return refused(answer);
    }
    String allowed = answer.headers().firstValue("WebHook-Allowed-Origin").orElse("").strip();
    if (allowed.equals("*") || allowed.equalsIgnoreCase(messages.origin())) {
      String rate = answer.headers().firstValue("WebHook-Allowed-Rate").orElse("*").strip();
      return new Outcome(
          SubscriptionState.ACTIVE,
          "",
          rate.matches("[1-9]\\d{0,5}") ? (Integer) Integer.parseInt(rate) : null);
    }
    return Outcome.of(
        SubscriptionState.AWAITING_MANUAL_ACTION,
        "The endpoint did not allow the origin "
            + messages.origin()
            + "; the validation URL may be opened.");
  }

  private static Outcome refused(EndpointClient.Answer answer) {
    return Outcome.of(
        SubscriptionState.VALIDATING, "The endpoint answered with HTTP " + answer.status() + ".");
  }

  private void write(Attempt attempt, Outcome outcome) {
    Instant now = clock.instant();
    Duration pause = PAUSES.get(Math.min(attempt.number(), PAUSES.size()) - 1);
    Long due =
        outcome.state() == SubscriptionState.VALIDATING ? now.plus(pause).toEpochMilli() : null;
    database.useTransaction(
        sql ->
            sql.createUpdate(
                    "update event_subscriptions set state = :state, state_reason = :reason,"
                        + " validation_due_at = :due, allowed_rate = :rate where id = :id"
                        + " and validation_version = :version and state = 'validating'")
                .bind("state", outcome.state().wireName())
                .bind("reason", outcome.reason())
                .bind("due", due)
                .bind("rate", outcome.rate())
                .bind("id", attempt.subscription().id().toString())
                .bind("version", attempt.version())
                .execute());
  }

  /**
   * Somebody opened the validation URL.
   *
   * @return whether the subscription is active now; false when the code is wrong or too old
   */
  boolean confirm(UUID subscription, String code) {
    boolean confirmed =
        database.inTransaction(
            sql -> {
              sql.createUpdate(
                      "update event_subscriptions set state = 'active', state_reason = '',"
                          + " validation_due_at = null where id = :id and validation_code = :code"
                          + " and state in ('validating', 'awaitingManualAction')"
                          + " and validation_ends_at > :now")
                  .bind("id", subscription.toString())
                  .bind("code", code)
                  .bind("now", clock.millis())
                  .execute();
              // Opening it twice is fine.
              return sql.createQuery(
                          "select count(*) from event_subscriptions where id = :id"
                              + " and validation_code = :code and state = 'active'")
                      .bind("id", subscription.toString())
                      .bind("code", code)
                      .mapTo(int.class)
                      .one()
                  > 0;
            });
    wakeup.wake();
    return confirmed;
  }

  /** Ends the handshakes that took too long. */
  void sweep() {
    database.useTransaction(
        sql ->
            sql.createUpdate(
                    "update event_subscriptions set state = 'failed', validation_due_at = null,"
                        + " state_reason = case when state = 'validating' then state_reason"
                        + " else 'Nobody opened the validation URL in time.' end"
                        + " where state in ('validating', 'awaitingManualAction')"
                        + " and validation_ends_at <= :now")
                .bind("now", clock.millis())
                .execute());
  }
}
