package io.vaxel.common.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vaxel.common.storage.Database;
import io.vaxel.common.testing.TestStorage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The running service and real endpoints on loopback. */
@ParameterizedClass
@EnumSource(TestStorage.class)
class HttpDeliveryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID RESOURCE = UUID.randomUUID();

  @Parameter private TestStorage storage = TestStorage.SQLITE;
  @TempDir private Path folder;
  private final BlockingQueue<String> subjects = new LinkedBlockingQueue<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  private Database database;

  @SuppressWarnings("NullAway.Init")
  private EventService events;

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  @BeforeEach
  void open() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(executor);
    server.start();
    database = storage.open(folder);
    events = service(true);
    events.start();
  }

  private EventService service(boolean allowPrivate) {
    EventLimits defaults = EventLimits.defaults();
    EventLimits quick =
        new EventLimits(
            defaults.subscriptionsPerResource(),
            defaults.concurrent(),
            defaults.concurrentPerSubscription(),
            Duration.ofSeconds(2),
            defaults.lease(),
            defaults.validationTime(),
            defaults.waitingPerSubscription(),
            defaults.deadLettersPerResource(),
            defaults.deadLetterAge(),
            defaults.dataLength(),
            Duration.ofMillis(50));
    return new EventService(
        database,
        new EventService.Settings(URI.create("https://localhost:8443/"), allowPrivate, quick),
        id -> "/topic/" + id,
        InstantSource.system());
  }

  @AfterEach
  void close() {
    server.stop(0);
    events.close();
    database.close();
    executor.shutdownNow();
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  /** Agrees to the handshake, and takes events unless told otherwise. */
  private interface Hook {
    int status(JsonNode event) throws IOException;
  }

  private void serve(String path, Hook hook) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            answer(exchange, hook);
          }
        });
  }

  private static void answer(HttpExchange exchange, Hook hook) throws IOException {
    if (exchange.getRequestMethod().equals("OPTIONS")) {
      String origin = exchange.getRequestHeaders().getFirst("WebHook-Request-Origin");
      exchange.getResponseHeaders().add("WebHook-Allowed-Origin", origin);
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    JsonNode event = body.isArray() ? body.path(0) : body;
    if ("SubscriptionValidation".equals(exchange.getRequestHeaders().getFirst("aeg-event-type"))) {
      byte[] response =
          JSON.writeValueAsBytes(
              Map.of("validationResponse", event.at("/data/validationCode").asText()));
      exchange.sendResponseHeaders(200, response.length);
      exchange.getResponseBody().write(response);
      return;
    }
    int status = hook.status(event);
    exchange.sendResponseHeaders(status, -1);
  }

  private void subscribe(String name, String path, EventSchema schema) throws Exception {
    SubscriptionSpec spec =
        new SubscriptionSpec(
            SubscriptionSpec.endpoint(uri(path).toString()),
            schema,
            List.of(),
            "/" + name + "/",
            "",
            null,
            30,
            1440);
    assertInstanceOf(
        EventSubscriptions.Done.class, events.subscriptions().put(RESOURCE, name, spec, 0));
  }

  private void append(String subject) {
    database.useTransaction(
        sql -> events.outbox().append(sql, new Event(RESOURCE, "t", subject, Map.of("a", 1))));
  }

  private String nextSubject() throws InterruptedException {
    return String.valueOf(subjects.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void eventsArriveInBothSchemas() throws Exception {
    serve(
        "/hook",
        event -> {
          subjects.add(event.path("subject").asText());
          return 200;
        });
    subscribe("grid", "/hook", EventSchema.EVENT_GRID);
    subscribe("cloud", "/hook", EventSchema.CLOUD_EVENTS);
    append("/grid/1");
    assertEquals("/grid/1", nextSubject());
    append("/cloud/1");
    assertEquals("/cloud/1", nextSubject());
  }

  @Test
  void anEndpointThatHangsHoldsUpNobodyElse() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    serve(
        "/slow",
        event -> {
          await(release);
          return 200;
        });
    serve(
        "/fast",
        event -> {
          subjects.add(event.path("subject").asText());
          return 204;
        });
    subscribe("slow", "/slow", EventSchema.EVENT_GRID);
    subscribe("fast", "/fast", EventSchema.EVENT_GRID);
    for (int i = 0; i < 50; i++) {
      append("/slow/" + i);
    }
    Set<String> arrived = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 50; i++) {
      append("/fast/" + i);
      arrived.add(nextSubject());
    }
    release.countDown();
    assertEquals(50, arrived.size());
  }

  private static void await(CountDownLatch release) throws IOException {
    try {
      release.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private String outcome() throws InterruptedException {
    for (int i = 0; i < 400; i++) {
      List<String> outcomes =
          database
              .jdbi()
              .withHandle(
                  sql ->
                      sql.createQuery(
                              "select last_outcome from event_deliveries"
                                  + " where last_outcome <> ''")
                          .mapTo(String.class)
                          .list());
      if (!outcomes.isEmpty()) {
        return outcomes.getFirst();
      }
      TimeUnit.MILLISECONDS.sleep(25);
    }
    return "nothing came of it";
  }

  @Test
  void anAnswerThatTakesTooLongIsAFailure() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    serve(
        "/slow",
        event -> {
          await(release);
          return 200;
        });
    subscribe("slow", "/slow", EventSchema.EVENT_GRID);
    append("/slow/1");
    String outcome = outcome();
    release.countDown();
    assertTrue(outcome.contains("no answer in time") || outcome.contains("timed out"), outcome);
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    serve("/moved", event -> 307);
    subscribe("moved", "/moved", EventSchema.EVENT_GRID);
    append("/moved/1");
    assertEquals("HTTP 307", outcome());
  }

  @Test
  void anEndlessAnswerIsCutOffAndItsStatusCounts() throws Exception {
    server.createContext(
        "/endless",
        exchange -> {
          try (exchange) {
            JsonNode event = JSON.readTree(exchange.getRequestBody()).path(0);
            if (event.path("eventType").asText().startsWith("Microsoft.EventGrid.")) {
              byte[] response =
                  JSON.writeValueAsBytes(
                      Map.of("validationResponse", event.at("/data/validationCode").asText()));
              exchange.sendResponseHeaders(200, response.length);
              exchange.getResponseBody().write(response);
            } else {
              subjects.add("begun");
              exchange.sendResponseHeaders(200, 0);
              pour(exchange.getResponseBody());
            }
          }
        });
    subscribe("endless", "/endless", EventSchema.EVENT_GRID);
    append("/endless/1");
    assertEquals("begun", nextSubject());
    assertEquals("cut off", nextSubject());
    for (int i = 0; i < 400 && waiting() > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(25);
    }
    assertEquals(0, waiting());
  }

  private int waiting() {
    return database
        .jdbi()
        .withHandle(
            sql -> sql.createQuery("select count(*) from event_deliveries").mapTo(int.class).one());
  }

  private void pour(OutputStream out) {
    byte[] much = "x".repeat(8192).getBytes(StandardCharsets.US_ASCII);
    try {
      while (true) {
        out.write(much);
      }
    } catch (IOException e) {
      subjects.add("cut off");
    }
  }

  @Test
  void aPrivateAddressIsNotSpokenToWhenTheSettingSaysSo() throws Exception {
    events.close();
    events = service(false);
    serve(
        "/hook",
        event -> {
          subjects.add("spoken to");
          return 200;
        });
    subscribe("hook", "/hook", EventSchema.EVENT_GRID);
    events.runDue();
    EventSubscription found = events.subscriptions().find(RESOURCE, "hook").orElseThrow();
    assertEquals(SubscriptionState.VALIDATING, found.state());
    assertTrue(found.stateReason().contains("not delivered to"), found.stateReason());
    assertEquals(0, subjects.size());
  }
}
