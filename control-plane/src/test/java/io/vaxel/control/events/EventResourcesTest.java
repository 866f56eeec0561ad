package io.vaxel.control.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.vaxel.common.event.Event;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The operator API of events, with a real endpoint that agrees by opening the validation URL. */
@ParameterizedClass
@EnumSource(TestStorage.class)
class EventResourcesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUBSCRIPTIONS = "/admin/resources/default/eventSubscriptions";
  private static final String DEAD = "/admin/resources/default/deadLetters";

  @Parameter private TestStorage storage = TestStorage.SQLITE;
  @TempDir private Path folder;
  private final List<JsonNode> delivered = Collections.synchronizedList(new ArrayList<>());
  private volatile String validationUrl = "";
  private volatile int status = 200;

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  private RestHarness rest;

  @SuppressWarnings("NullAway.Init")
  private HttpServer endpoint;

  @BeforeEach
  void open() throws Exception {
    rest = new RestHarness(storage, folder, false);
    endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    endpoint.createContext(
        "/",
        exchange -> {
          try (exchange) {
            JsonNode event = JSON.readTree(exchange.getRequestBody()).path(0);
            int answered = 200;
            if (event.path("eventType").asText().startsWith("Microsoft.EventGrid.")) {
              validationUrl = event.at("/data/validationUrl").asText();
            } else {
              delivered.add(event);
              answered = status;
            }
            exchange.sendResponseHeaders(answered, -1);
          }
        });
    endpoint.start();
  }

  @AfterEach
  void close() {
    endpoint.stop(0);
    rest.close();
  }

  private String body(String more) {
    return "{\"endpointUrl\":\"http://localhost:"
        + endpoint.getAddress().getPort()
        + "/\""
        + more
        + "}";
  }

  private Answer put(String name, String body) throws Exception {
    return rest.asOperator("PUT", SUBSCRIPTIONS + "/" + name, body);
  }

  private Answer get(String target) throws Exception {
    return rest.asOperator("GET", target, null);
  }

  private Answer open(String target) throws Exception {
    return rest.send("GET", target, null, Map.of("Host", "calls.example.org:8443"), "203.0.113.7");
  }

  private void activate(String name) throws Exception {
    assertEquals(201, put(name, body("")).status());
    rest.controlPlane().runBackgroundWork();
    assertEquals(200, open(validationUrl.replace("https://calls.example.org:8443", "")).status());
  }

  private void append(String subject) {
    UUID resource =
        UUID.fromString(
            rest.database()
                .jdbi()
                .withHandle(
                    sql -> sql.createQuery("select id from resources").mapTo(String.class).one()));
    rest.database()
        .useTransaction(
            sql ->
                rest.controlPlane()
                    .events()
                    .outbox()
                    .append(sql, new Event(resource, "t", subject, Map.of("a", 1))));
  }

  @Test
  void aSubscriptionIsMadeReadReplacedListedAndRemoved() throws Exception {
    Answer made =
        put(
            "hook",
            body(
                ",\"deliveryHeader\":{\"name\":\"X-Secret\",\"value\":\"hush\"},"
                    + "\"includedEventTypes\":[\"t\"],\"maxDeliveryAttempts\":3"));
    assertEquals(201, made.status());
    assertEquals("\"1\"", made.headers().get("ETag"));
    assertEquals("validating", made.json().path("state").asText());
    assertEquals("EventGridSchema", made.json().path("eventDeliverySchema").asText());
    assertEquals(3, made.json().path("maxDeliveryAttempts").asInt());
    assertEquals(1440, made.json().path("eventTimeToLiveInMinutes").asInt());
    assertFalse(made.json().toString().contains("hush"));
    Answer replaced = put("hook", body(",\"deliveryHeader\":{\"name\":\"X-Secret\"}"));
    assertEquals(200, replaced.status());
    assertEquals("X-Secret", replaced.json().at("/deliveryHeader/name").asText());
    Answer read = get(SUBSCRIPTIONS + "/hook");
    assertEquals(replaced.json(), read.json());
    assertEquals("\"2\"", read.headers().get("ETag"));
    assertEquals(read.json(), get(SUBSCRIPTIONS).json().at("/value/0"));
    assertEquals(204, rest.asOperator("DELETE", SUBSCRIPTIONS + "/hook", null).status());
    assertEquals("404 NotFound name", get(SUBSCRIPTIONS + "/hook").error());
    assertEquals(0, get(SUBSCRIPTIONS).json().path("value").size());
  }

  @Test
  void whatIsNotPossibleNamesItsFieldAndChangesNothing() throws Exception {
    refused("endpointUrl", "{}");
    refused("endpointUrl", "{\"endpointUrl\":null}");
    refused("endpointUrl", "{\"endpointUrl\":\"http://example.com/\"}");
    refused("endpointUrl", "{\"endpointUrl\":7}");
    refused("eventDeliverySchema", body(",\"eventDeliverySchema\":\"Custom\""));
    refused("includedEventTypes", body(",\"includedEventTypes\":[null]"));
    refused("includedEventTypes", body(",\"includedEventTypes\":\"t\""));
    refused("includedEventTypes", body(",\"includedEventTypes\":[\"a b\"]"));
    refused("subjectBeginsWith", body(",\"subjectBeginsWith\":\"\\u0000\""));
    refused("deliveryHeader.name", body(",\"deliveryHeader\":{\"value\":\"v\"}"));
    refused("deliveryHeader.value", body(",\"deliveryHeader\":{\"name\":\"X\"}"));
    refused("deliveryHeader.name", body(",\"deliveryHeader\":{\"name\":\"Host\",\"value\":\"v\"}"));
    refused("maxDeliveryAttempts", body(",\"maxDeliveryAttempts\":31"));
    refused("eventTimeToLiveInMinutes", body(",\"eventTimeToLiveInMinutes\":0"));
    assertEquals(0, get(SUBSCRIPTIONS).json().path("value").size());
  }

  private void refused(String field, String body) throws Exception {
    assertEquals("400 ValidationError " + field, put("hook", body).error(), body);
  }

  @Test
  void otherMistakesAreTold() throws Exception {
    assertEquals("400 ValidationError name", put("x", body("")).error());
    assertEquals("400 ValidationError body", put("hook", "").error());
    assertEquals("400 BadRequest", put("hook", "{").error());
    assertEquals(
        "404 ResourceNotFound name", get("/admin/resources/other/eventSubscriptions").error());
    assertEquals("400 ValidationError maxPageSize", get(DEAD + "?maxPageSize=101").error());
    assertEquals("400 ValidationError after", get(DEAD + "?after=x").error());
    assertEquals(
        "404 NotFound id", rest.asOperator("DELETE", DEAD + "/" + UUID.randomUUID(), null).error());
    assertEquals(404, rest.asOperator("POST", DEAD + "/not-an-id:replay", null).status());
    assertEquals("401 AuthenticationFailed", open(SUBSCRIPTIONS).error());
    assertEquals("401 AuthenticationFailed", open(DEAD).error());
    assertEquals("404 NotFound", open("/events/validation").error());
    assertEquals("404 NotFound", open("/events/validation?id=x&code=y").error());
    assertEquals(
        "404 NotFound",
        open("/events/validation?id=" + UUID.randomUUID() + "&code=" + UUID.randomUUID()).error());
  }

  @Test
  void changesAreOptimistic() throws Exception {
    put("hook", body(""));
    assertEquals(
        "412 PreconditionFailed", with("PUT", "hook", "If-Match", "\"7\"", body("")).error());
    assertEquals(
        "412 PreconditionFailed", with("PUT", "hook", "If-None-Match", "*", body("")).error());
    assertEquals(
        "400 ValidationError If-Match", with("PUT", "hook", "If-Match", "x", body("")).error());
    assertEquals(
        "412 PreconditionFailed", with("DELETE", "hook", "If-Match", "\"7\"", null).error());
    assertEquals(200, with("PUT", "hook", "If-Match", "\"1\"", body("")).status());
    assertEquals(204, with("DELETE", "hook", "If-Match", "\"2\"", null).status());
  }

  private Answer with(
      String method, String name, String header, String value, @Nullable String body)
      throws Exception {
    Map<String, String> headers = new java.util.HashMap<>();
    headers.put("Host", "calls.example.org:8443");
    headers.put(
        "Authorization",
        "Bearer "
            + rest.controlPlane().operatorTokens().issue(java.time.Duration.ofHours(1)).token());
    headers.put(header, value);
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    return rest.send(method, SUBSCRIPTIONS + "/" + name, body, headers, "127.0.0.1");
  }

  @Test
  void anEventArrivesOnceSomebodyOpenedTheValidationUrl() throws Exception {
    activate("hook");
    assertEquals("active", get(SUBSCRIPTIONS + "/hook").json().path("state").asText());
    append("/s/1");
    rest.controlPlane().runBackgroundWork();
    assertEquals("/s/1", delivered.getFirst().path("subject").asText());
    assertTrue(
        delivered.getFirst().path("topic").asText().endsWith("/communicationservices/default"),
        () -> delivered.getFirst().toString());
  }

  @Test
  void deadLettersAreListedInPagesReplayedAndRemoved() throws Exception {
    activate("hook");
    status = 400;
    for (int i = 0; i < 5; i++) {
      append("/s/" + i);
    }
    rest.controlPlane().runBackgroundWork();
    Set<String> ids = new HashSet<>();
    String target = DEAD + "?maxPageSize=2";
    JsonNode first = get(target).json().at("/value/0");
    assertEquals("UndeliverableDueToClientError", first.path("deadLetterReason").asText());
    assertEquals("HTTP 400", first.path("lastDeliveryOutcome").asText());
    assertEquals(1, first.at("/data/a").asInt());
    while (!target.isEmpty()) {
      JsonNode page = get(target).json();
      page.path("value").forEach(letter -> ids.add(letter.path("id").asText()));
      target = page.path("nextLink").asText("").replace("https://calls.example.org:8443", "");
    }
    assertEquals(5, ids.size());

    status = 200;
    List<String> order = List.copyOf(ids);
    assertEquals(204, rest.asOperator("DELETE", DEAD + "/" + order.get(0), null).status());
    String replay = DEAD + "/" + order.get(1) + ":replay";
    assertEquals(204, rest.asOperator("POST", replay, null).status());
    assertEquals("404 NotFound id", rest.asOperator("POST", replay, null).error());
    assertEquals(
        3, rest.asOperator("POST", DEAD + "/:replay", null).json().path("replayed").asInt());
    rest.controlPlane().runBackgroundWork();
    assertEquals(0, get(DEAD).json().path("value").size());
    assertEquals(9, delivered.size());
  }

  @Test
  void aDeadLetterOfARemovedSubscriptionCannotBeReplayed() throws Exception {
    activate("hook");
    status = 400;
    append("/s/1");
    rest.controlPlane().runBackgroundWork();
    rest.asOperator("DELETE", SUBSCRIPTIONS + "/hook", null);
    String id = get(DEAD).json().at("/value/0/id").asText();
    assertEquals(
        "409 SubscriptionNotFound id",
        rest.asOperator("POST", DEAD + "/" + id + ":replay", null).error());
  }

  @Test
  void theValidationUrlIsTooOldAfterTenMinutes() throws Exception {
    put("hook", body(""));
    rest.controlPlane().runBackgroundWork();
    rest.setTime(Instant.parse("2026-11-23T12:10:00Z"));
    assertEquals(404, open(validationUrl.replace("https://calls.example.org:8443", "")).status());
  }
}
