package io.vaxel.common.event;

import static io.vaxel.common.event.FakeEndpoints.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.common.event.EventSubscriptions.Done;
import io.vaxel.common.event.EventSubscriptions.Full;
import io.vaxel.common.event.EventSubscriptions.Stale;
import io.vaxel.common.event.FakeEndpoints.Asked;
import io.vaxel.common.storage.Database;
import io.vaxel.common.testing.TestStorage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(TestStorage.class)
class EventServiceTest {
  private static final UUID RESOURCE = UUID.randomUUID();
  private static final URI ENDPOINT = URI.create("https://app.example.com/hook");
  private static final EventLimits LIMITS =
      new EventLimits(
          3,
          8,
          2,
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMinutes(10),
          5,
          4,
          Duration.ofDays(30),
          1000,
          Duration.ofMillis(50));

  @Parameter private TestStorage storage = TestStorage.SQLITE;
  @TempDir private Path folder;
  private final FakeEndpoints endpoints = new FakeEndpoints();
  private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  private Database database;

  @SuppressWarnings("NullAway.Init")
  private EventService events;

  @BeforeEach
  void open() {
    database = storage.open(folder);
    events = service();
    endpoints.agreeAnd(request -> answer(200));
  }

  @AfterEach
  void close() {
    events.close();
    database.close();
  }

  private EventService service() {
    return new EventService(
        database,
        new EventService.Settings(URI.create("https://calls.example.org:8443/"), true, LIMITS),
        id -> "/topic/" + id,
        () -> now,
        endpoints,
        () -> 0L);
  }

  private static SubscriptionSpec spec(EventSchema schema) {
    return new SubscriptionSpec(ENDPOINT, schema, List.of(), "", "", null, 30, 1440);
  }

  private EventSubscription put(String name, SubscriptionSpec spec) throws Exception {
    return assertInstanceOf(Done.class, events.subscriptions().put(RESOURCE, name, spec, -1))
        .subscription();
  }

  private void append(String type, String subject) {
    database.useTransaction(
        sql ->
            events
                .outbox()
                .append(sql, new Event(RESOURCE, type, subject, Map.of("from", "1555", "n", 7))));
  }

  private EventSubscription found(String name) {
    return events.subscriptions().find(RESOURCE, name).orElseThrow();
  }

  private List<DeadLetter> dead() {
    return events.deadLetters().list(RESOURCE, Instant.EPOCH, "", 100);
  }

  private void advance(Duration time) throws Exception {
    now = now.plus(time);
    events.runDue();
  }

  @Test
  void anEventArrivesInTheSchemaOfEventGrid() throws Exception {
    put("hook", spec(EventSchema.EVENT_GRID));
    events.runDue();
    append("Microsoft.Communication.SMSReceived", "/phonenumber/1555");
    events.runDue();
    Asked got = endpoints.notifications().getFirst();
    assertEquals("POST", got.request().method());
    assertEquals(ENDPOINT, got.request().uri());
    assertEquals("hook", got.header("aeg-subscription-name"));
    assertEquals("0", got.header("aeg-delivery-count"));
    assertEquals("1.0", got.header("aeg-data-version"));
    assertEquals("1", got.header("aeg-metadata-version"));
    assertEquals("application/json; charset=utf-8", got.header("content-type"));
    assertTrue(got.body().startsWith("[{"), got.body());
    assertEquals("/topic/" + RESOURCE, got.event().path("topic").asText());
    assertEquals("/phonenumber/1555", got.event().path("subject").asText());
    assertEquals("Microsoft.Communication.SMSReceived", got.event().path("eventType").asText());
    assertEquals("2026-11-23T12:00:00Z", got.event().path("eventTime").asText());
    assertEquals("1.0", got.event().path("dataVersion").asText());
    assertEquals("1", got.event().path("metadataVersion").asText());
    assertEquals(7, got.event().at("/data/n").asInt());
    assertEquals(List.of(), dead());
    events.runDue();
    assertEquals(1, endpoints.notifications().size(), "once is enough");
  }

  @Test
  void anEventArrivesInTheSchemaOfCloudEvents() throws Exception {
    put("hook", spec(EventSchema.CLOUD_EVENTS));
    append("Microsoft.Communication.SMSReceived", "/phonenumber/1555");
    events.runDue();
    Asked asked = endpoints.asked().getFirst();
    assertEquals("OPTIONS", asked.request().method());
    assertEquals("calls.example.org", asked.header("WebHook-Request-Origin"));
    assertTrue(
        asked
            .header("WebHook-Request-Callback")
            .startsWith("https://calls.example.org:8443/events/validation?id="));
    Asked got = endpoints.notifications().getFirst();
    assertEquals("application/cloudevents+json; charset=utf-8", got.header("content-type"));
    assertEquals("1.0", got.event().path("specversion").asText());
    assertEquals("/topic/" + RESOURCE, got.event().path("source").asText());
    assertEquals("Microsoft.Communication.SMSReceived", got.event().path("type").asText());
    assertEquals("2026-11-23T12:00:00Z", got.event().path("time").asText());
    assertEquals("1555", got.event().at("/data/from").asText());
  }

  @Test
  void everySubscriptionGetsTheSameIdAndOnlyWhatItWants() throws Exception {
    put("all", spec(EventSchema.EVENT_GRID));
    put(
        "some",
        new SubscriptionSpec(
            ENDPOINT,
            EventSchema.EVENT_GRID,
            List.of("Microsoft.Communication.SMSReceived"),
            "/PhoneNumber/",
            "55",
            null,
            30,
            1440));
    append("Microsoft.Communication.SMSReceived", "/phonenumber/1555");
    append("Microsoft.Communication.SMSReceived", "/phonenumber/1556");
    append("Microsoft.Communication.CallStarted", "/phonenumber/1555");
    events.runDue();
    List<String> some = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (Asked got : endpoints.notifications()) {
      (got.header("aeg-subscription-name").equals("all") ? all : some)
          .add(got.event().path("id").asText());
    }
    assertEquals(3, all.size());
    assertEquals(1, some.size());
    assertTrue(all.containsAll(some));
  }

  @Test
  void anotherResourcesEventsDoNotArrive() throws Exception {
    put("hook", spec(EventSchema.EVENT_GRID));
    database.useTransaction(
        sql -> events.outbox().append(sql, new Event(UUID.randomUUID(), "t", "s", Map.of())));
    events.runDue();
    assertEquals(List.of(), endpoints.notifications());
    assertTrue(events.subscriptions().find(UUID.randomUUID(), "hook").isEmpty());
  }

  @Test
  void whatIsRolledBackDoesNotLeave() throws Exception {
    put("hook", spec(EventSchema.EVENT_GRID));
    assertThrows(
        IllegalStateException.class,
        () ->
            database.useTransaction(
                sql -> {
                  events.outbox().append(sql, new Event(RESOURCE, "t", "s", Map.of()));
                  throw new IllegalStateException("no");
                }));
    events.runDue();
    assertEquals(List.of(), endpoints.notifications());
  }

  @Test
  void aHeaderWithASecretIsSentButNotShown() throws Exception {
    put(
        "hook",
        new SubscriptionSpec(
            ENDPOINT,
            EventSchema.EVENT_GRID,
            List.of(),
            "",
            "",
            new DeliveryHeader("X-Secret", "hush"),
            30,
            1440));
    append("t", "s");
    events.runDue();
    assertEquals("hush", endpoints.notifications().getFirst().header("X-Secret"));
    assertEquals("hush", endpoints.asked().getFirst().header("X-Secret"), "the handshake too");
    assertFalse(found("hook").toString().contains("hush"));
  }

  @Test
  void eventsWaitUntilTheEndpointAgrees() throws Exception {
    endpoints.behave(request -> answer(500));
    put("hook", spec(EventSchema.EVENT_GRID));
    append("t", "s");
    events.runDue();
    assertEquals(SubscriptionState.VALIDATING, found("hook").state());
    assertEquals("The endpoint answered with HTTP 500.", found("hook").stateReason());
    assertEquals(List.of(), endpoints.notifications());
    endpoints.agreeAnd(request -> answer(200));
    advance(Duration.ofSeconds(5));
    assertEquals(SubscriptionState.ACTIVE, found("hook").state());
    assertEquals(1, endpoints.notifications().size());
  }

  @ParameterizedTest
  @EnumSource(EventSchema.class)
  void openingTheValidationUrlAgreesToo(EventSchema schema) throws Exception {
    endpoints.behave(request -> answer(200));
    put("hook", spec(schema));
    append("t", "s");
    events.runDue();
    assertEquals(SubscriptionState.AWAITING_MANUAL_ACTION, found("hook").state());
    Asked asked = endpoints.asked().getFirst();
    String url =
        schema == EventSchema.EVENT_GRID
            ? asked.event().at("/data/validationUrl").asText()
            : asked.header("WebHook-Request-Callback");
    String code = url.replaceFirst(".*code=", "");
    assertFalse(events.confirm(found("hook").id(), "wrong"));
    assertFalse(events.confirm(UUID.randomUUID(), code));
    assertTrue(events.confirm(found("hook").id(), code));
    assertTrue(events.confirm(found("hook").id(), code), "opening it twice is fine");
    events.runDue();
    assertEquals(1, endpoints.notifications().size());
  }

  @Test
  void aHandshakeThatTakesTooLongFailsAndAnUpdateBeginsItAgain() throws Exception {
    endpoints.behave(request -> answer(200));
    put("hook", spec(EventSchema.EVENT_GRID));
    events.runDue();
    String code = endpoints.asked().getFirst().event().at("/data/validationCode").asText();
    advance(Duration.ofMinutes(10));
    assertFalse(events.confirm(found("hook").id(), code), "the code is too old");
    assertEquals(SubscriptionState.FAILED, found("hook").state());
    append("t", "s");
    endpoints.agreeAnd(request -> answer(200));
    put("hook", spec(EventSchema.EVENT_GRID));
    events.runDue();
    assertEquals(SubscriptionState.ACTIVE, found("hook").state());
    assertEquals(List.of(), endpoints.notifications(), "a failed one got no events");
  }

  @Test
  void anotherEndpointHasToAgreeAnew() throws Exception {
    put("hook", spec(EventSchema.EVENT_GRID));
    events.runDue();
    put(
        "hook",
        new SubscriptionSpec(ENDPOINT, EventSchema.EVENT_GRID, List.of("t"), "", "", null, 5, 10));
    assertEquals(SubscriptionState.ACTIVE, found("hook").state(), "the filter alone changed");
    put(
        "hook",
        new SubscriptionSpec(
            URI.create("https://other.example.com/"),
            EventSchema.EVENT_GRID,
            List.of(),
            "",
            "",
            null,
            5,
            10));
    assertEquals(SubscriptionState.VALIDATING, found("hook").state());
  }

  @Test
  void changesAreOptimisticAndBounded() throws Exception {
    EventSubscriptions subscriptions = events.subscriptions();
    SubscriptionSpec spec = spec(EventSchema.EVENT_GRID);
    assertInstanceOf(Done.class, subscriptions.put(RESOURCE, "one", spec, 0));
    assertInstanceOf(Stale.class, subscriptions.put(RESOURCE, "one", spec, 0));
    assertInstanceOf(Done.class, subscriptions.put(RESOURCE, "one", spec, 1));
    assertInstanceOf(Stale.class, subscriptions.put(RESOURCE, "one", spec, 1));
    assertInstanceOf(Stale.class, subscriptions.put(RESOURCE, "none", spec, 1));
    assertFalse(subscriptions.delete(RESOURCE, "one", 1));
    put("two", spec);
    put("three", spec);
    assertInstanceOf(Full.class, subscriptions.put(RESOURCE, "four", spec, -1));
    assertEquals(
        List.of("one", "three", "two"),
        subscriptions.list(RESOURCE).stream().map(EventSubscription::name).toList());
    assertTrue(subscriptions.delete(RESOURCE, "one", 2));
    assertTrue(subscriptions.delete(RESOURCE, "one", -1), "it is gone already");
    assertInstanceOf(Done.class, subscriptions.put(RESOURCE, "four", spec, -1));
  }

  @Test
  void failuresAreTriedAgainByTheSchedule() throws Exception {
    endpoints.agreeAnd(
        request -> {
          throw new IOException("connection refused");
        });
    put("hook", spec(EventSchema.EVENT_GRID));
    append("t", "s");
    events.runDue();
    for (Duration pause : DeliveryRules.PAUSES.subList(0, 8)) {
      int before = endpoints.notifications().size();
      advance(pause.minusSeconds(1));
      assertEquals(before, endpoints.notifications().size(), "not before " + pause);
      advance(Duration.ofSeconds(1));
      assertEquals(before + 1, endpoints.notifications().size(), "after " + pause);
      assertEquals(
          Integer.toString(before),
          endpoints.notifications().getLast().header("aeg-delivery-count"));
    }
  }

  @ParameterizedTest
  @CsvSource({"408, 120", "503, 30", "500, 10", "302, 10", "429, 10"})
  void someStatusesWaitLonger(int status, int seconds) throws Exception {
    endpoints.agreeAnd(request -> answer(status));
    put("hook", spec(EventSchema.EVENT_GRID));
    append("t", "s");
    events.runDue();
    advance(Duration.ofSeconds(seconds - 1));
    assertEquals(1, endpoints.notifications().size());
    advance(Duration.ofSeconds(1));
    assertEquals(2, endpoints.notifications().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 413})
  void aRefusalIsNotTriedAgain(int status) throws Exception {
    endpoints.agreeAnd(request -> answer(status));
    put("hook", spec(EventSchema.EVENT_GRID));
    append("t", "s");
    events.runDue();
    DeadLetter letter = dead().getFirst();
    assertEquals("UndeliverableDueToClientError", letter.reason());
    assertEquals("HTTP " + status, letter.lastOutcome());
    assertEquals(1, letter.attempts());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 203, 204})
  void theseStatusesAreASuccess(int status) throws Exception {
    endpoints.agreeAnd(request -> answer(status));
    put("hook", spec(EventSchema.EVENT_GRID));
    append("t", "s");
    events.runDue();
    advance(Duration.ofDays(2));
    assertEquals(1, endpoints.notifications().size());
    assertEquals(List.of(), dead());
  }

  private SubscriptionSpec impatient(int attempts, int ttlMinutes) {
    return new SubscriptionSpec(
        ENDPOINT, EventSchema.EVENT_GRID, List.of(), "", "", null, attempts, ttlMinutes);
  }

  @Test
  void afterTheLastAttemptItIsADeadLetter() throws Exception {
    endpoints.agreeAnd(request -> answer(500));
    put("hook", impatient(2, 1440));
    append("t", "s");
    events.runDue();
    assertEquals(List.of(), dead());
    advance(Duration.ofSeconds(10));
    assertEquals("MaxDeliveryAttemptsExceeded", dead().getFirst().reason());
    assertEquals(2, dead().getFirst().attempts());
  }

  @Test
  void anEventThatIsTooOldIsADeadLetter() throws Exception {
    endpoints.agreeAnd(request -> answer(500));
    put("hook", impatient(30, 1));
    append("t", "s");
    events.runDue();
    advance(Duration.ofSeconds(10));
    advance(Duration.ofSeconds(30));
    assertEquals(3, endpoints.notifications().size());
    advance(Duration.ofSeconds(20));
    assertEquals("TimeToLiveExceeded", dead().getFirst().reason());
    assertEquals("HTTP 500", dead().getFirst().lastOutcome());
    assertEquals(3, endpoints.notifications().size());
  }

  @Test
  void eventsOfAnEndpointThatNeverAgreedBecomeDeadLetters() throws Exception {
    endpoints.behave(request -> answer(404));
    put("hook", impatient(30, 60));
    append("t", "s");
    events.runDue();
    advance(Duration.ofMinutes(10));
    assertEquals(SubscriptionState.FAILED, found("hook").state());
    advance(Duration.ofMinutes(50));
    assertEquals("TimeToLiveExceeded", dead().getFirst().reason());
  }

  @Test
  void deadLettersAreReplayedWithAllTheirAttempts() throws Exception {
    endpoints.agreeAnd(request -> answer(400));
    put("hook", impatient(2, 1440));
    for (int i = 0; i < 3; i++) {
      append("t", "s" + i);
    }
    events.runDue();
    assertEquals(3, dead().size());
    endpoints.agreeAnd(request -> answer(200));
    DeadLetter first = dead().getFirst();
    assertEquals(DeadLetters.Replay.DONE, events.deadLetters().replay(RESOURCE, first.id()));
    assertEquals(DeadLetters.Replay.NOT_FOUND, events.deadLetters().replay(RESOURCE, first.id()));
    assertEquals(
        DeadLetters.Replay.NOT_FOUND,
        events.deadLetters().replay(UUID.randomUUID(), dead().getFirst().id()));
    events.runDue();
    Asked again = endpoints.notifications().getLast();
    assertEquals(first.eventId(), again.event().path("id").asText());
    assertEquals("0", again.header("aeg-delivery-count"));
    assertEquals(2, events.deadLetters().replayAll(RESOURCE));
    events.runDue();
    assertEquals(List.of(), dead());
    assertEquals(6, endpoints.notifications().size());
  }

  @Test
  void deadLettersAreDeletedAndCannotBeReplayedWithoutTheirSubscription() throws Exception {
    endpoints.agreeAnd(request -> answer(400));
    put("hook", impatient(2, 1440));
    append("t", "s1");
    append("t", "s2");
    events.runDue();
    UUID first = dead().getFirst().id();
    assertFalse(events.deadLetters().delete(UUID.randomUUID(), first));
    assertTrue(events.deadLetters().delete(RESOURCE, first));
    assertFalse(events.deadLetters().delete(RESOURCE, first));
    events.subscriptions().delete(RESOURCE, "hook", -1);
    UUID second = dead().getFirst().id();
    assertEquals(DeadLetters.Replay.NO_SUBSCRIPTION, events.deadLetters().replay(RESOURCE, second));
    assertEquals(0, events.deadLetters().replayAll(RESOURCE));
    assertEquals(1, dead().size());
  }

  @Test
  void whatWaitsAndWhatIsDeadIsBounded() throws Exception {
    endpoints.agreeAnd(request -> answer(500));
    put("hook", spec(EventSchema.EVENT_GRID));
    for (int i = 0; i < LIMITS.waitingPerSubscription() + 2; i++) {
      append("t", "s" + i);
      now = now.plusMillis(1);
    }
    events.runDue();
    // They died at the same moment, so their order among themselves is any.
    assertEquals(
        List.of("s0", "s1"),
        dead().stream().map(DeadLetter::subject).sorted().toList(),
        "the oldest go");
    assertEquals("TooManyWaiting", dead().getFirst().reason());
    endpoints.agreeAnd(request -> answer(400));
    advance(Duration.ofMinutes(2));
    advance(Duration.ofMinutes(2));
    assertEquals(LIMITS.deadLettersPerResource(), dead().size());
    advance(LIMITS.deadLetterAge());
    assertEquals(List.of(), dead());
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aDeliveryWhoseProcessWasKilledIsMadeAgain() throws Exception {
    put("hook", spec(EventSchema.EVENT_GRID));
    append("t", "s");
    endpoints.agreeAnd(
        request -> {
          throw new Killed();
        });
    assertThrows(Killed.class, () -> events.runDue());
    endpoints.agreeAnd(request -> answer(200));
    try (EventService next = service()) {
      next.runDue();
      assertEquals(1, endpoints.notifications().size(), "the lease holds");
      now = now.plus(LIMITS.lease());
      next.runDue();
    }
    assertEquals(2, endpoints.notifications().size());
    assertEquals(
        endpoints.notifications().getFirst().event().path("id"),
        endpoints.notifications().getLast().event().path("id"));
  }

  @Test
  void theRateOfAnEndpointIsKept() throws Exception {
    endpoints.behave(
        request ->
            request.request().method().equals("OPTIONS")
                ? answer(
                    200, Map.of("WebHook-Allowed-Origin", "*", "WebHook-Allowed-Rate", "60"), "")
                : answer(200));
    put("hook", spec(EventSchema.CLOUD_EVENTS));
    for (int i = 0; i < 5; i++) {
      append("t", "s" + i);
    }
    events.runDue();
    int first = endpoints.notifications().size();
    assertEquals(LIMITS.concurrentPerSubscription(), first);
    advance(Duration.ofSeconds(1));
    assertEquals(first + 1, endpoints.notifications().size());
  }

  @Test
  void aResourceThatGoesTakesEverythingWithIt() throws Exception {
    endpoints.agreeAnd(request -> answer(400));
    put("hook", spec(EventSchema.EVENT_GRID));
    append("t", "s1");
    events.runDue();
    append("t", "s2");
    assertEquals(2, database.inTransaction(sql -> events.removeSome(sql, RESOURCE, 2)).intValue());
    assertEquals(1, database.inTransaction(sql -> events.removeSome(sql, RESOURCE, 2)).intValue());
    assertEquals(List.of(), dead());
    assertEquals(List.of(), events.subscriptions().list(RESOURCE));
    int waiting =
        database
            .jdbi()
            .withHandle(
                sql ->
                    sql.createQuery("select count(*) from event_deliveries")
                        .mapTo(int.class)
                        .one());
    assertEquals(0, waiting);
  }

  @Test
  void whatIsNotPossibleNamesItsField() {
    refused("name", "x", spec(EventSchema.EVENT_GRID));
    refused("name", "with space", spec(EventSchema.EVENT_GRID));
    refused("maxDeliveryAttempts", "hook", impatient(31, 10));
    refused("maxDeliveryAttempts", "hook", impatient(0, 10));
    refused("eventTimeToLiveInMinutes", "hook", impatient(1, 1441));
    refused("includedEventTypes", "hook", withTypes(List.of("no spaces")));
    refused("includedEventTypes", "hook", withTypes(java.util.Collections.nCopies(101, "t")));
    refused("deliveryHeader.name", "hook", withHeader(new DeliveryHeader("Host", "v")));
    refused("deliveryHeader.name", "hook", withHeader(new DeliveryHeader("aeg-x", "v")));
    refused("deliveryHeader.value", "hook", withHeader(new DeliveryHeader("x", "a\r\nb: c")));
  }

  private static SubscriptionSpec withTypes(List<String> types) {
    return new SubscriptionSpec(ENDPOINT, EventSchema.EVENT_GRID, types, "", "", null, 1, 1);
  }

  private static SubscriptionSpec withHeader(@Nullable DeliveryHeader header) {
    return new SubscriptionSpec(ENDPOINT, EventSchema.EVENT_GRID, List.of(), "", "", header, 1, 1);
  }

  private void refused(String field, String name, SubscriptionSpec spec) {
    InvalidSubscriptionException refused =
        assertThrows(
            InvalidSubscriptionException.class,
            () -> events.subscriptions().put(RESOURCE, name, spec, -1));
    assertEquals(field, refused.field());
    assertEquals(List.of(), events.subscriptions().list(RESOURCE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not a url",
        "ftp://h/",
        "http://example.com/",
        "https:///path",
        "https://user:pw@h/",
        "https://h/#f",
        "http://169.254.169.254/",
      })
  void anEndpointIsHttpsOrThisMachine(String endpoint) {
    InvalidSubscriptionException refused =
        assertThrows(InvalidSubscriptionException.class, () -> SubscriptionSpec.endpoint(endpoint));
    assertEquals("endpointUrl", refused.field());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com/api/hook?code=x",
        "http://localhost:7071/runtime/webhooks/EventGrid",
        "http://127.0.0.1:1/",
        "http://[::1]:1/",
      })
  void theseEndpointsArePossible(String endpoint) throws Exception {
    assertEquals(endpoint, SubscriptionSpec.endpoint(endpoint).toString());
  }
}
