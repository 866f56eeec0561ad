package io.vaxel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vaxel.common.event.Event;
import io.vaxel.common.storage.Database;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.control.ControlPlane;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a whole server ({@code kill -9}) while it answers requests and delivers events, and starts
 * it again on the same data.
 */
@ParameterizedClass
@EnumSource(TestStorage.class)
class ServerKillTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVENTS = 150;

  /** Deliveries to one endpoint at once: those that are under way at the kill wait for a lease. */
  private static final int UNDER_WAY = 4;

  @Parameter private TestStorage storage = TestStorage.SQLITE;
  @TempDir private Path folder;
  private final Set<String> received = ConcurrentHashMap.newKeySet();
  private final Set<String> users = ConcurrentHashMap.newKeySet();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  private HttpServer endpoint;

  @BeforeEach
  void open() throws IOException {
    endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    endpoint.setExecutor(executor);
    endpoint.createContext("/", this::receive);
    endpoint.start();
    Files.writeString(
        folder.resolve("vaxel.yaml"),
        """
        data: %s
        development: true
        storage: {url: '%s'}
        http: {port: 0}
        media: {port: 0}
        admin: {port: 0}
        events:
          subscriptions:
            - {resource: default, name: hook, endpoint: 'http://localhost:%d/'}
        """
            .formatted(folder, storage.url(folder), endpoint.getAddress().getPort()));
  }

  @AfterEach
  void close() {
    endpoint.stop(0);
    executor.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode event = JSON.readTree(exchange.getRequestBody()).path(0);
      byte[] answer = {};
      if (event.path("eventType").asText().startsWith("Microsoft.EventGrid.")) {
        String code = event.at("/data/validationCode").asText();
        answer = JSON.writeValueAsBytes(Map.of("validationResponse", code));
      } else {
        received.add(event.path("subject").asText());
        TimeUnit.MILLISECONDS.sleep(20);
      }
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** A started server of its own process. */
  private record Server(Process process, BufferedReader said, URI endpoint)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      process.destroyForcibly();
      said.close();
    }
  }

  private Server start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--json",
                "--config",
                folder.resolve("vaxel.yaml").toString())
            .redirectError(folder.resolve("server.log").toFile())
            .start();
    BufferedReader said = process.inputReader();
    String line = said.readLine();
    while (line != null && !line.startsWith("{")) {
      line = said.readLine();
    }
    if (line == null) {
      throw new IllegalStateException(Files.readString(folder.resolve("server.log")));
    }
    return new Server(
        process, said, URI.create(JSON.readTree(line).path("demo").asText()).resolve("/"));
  }

  private Void makeUsers(URI server) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/development/token"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (true) {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        users.add(JSON.readTree(answer.body()).path("userId").asText());
      }
    } catch (IOException e) {
      // The server was killed; what it had answered counts.
      return null;
    }
  }

  private boolean receivedWithin(int count, int seconds) throws InterruptedException {
    for (int i = 0; i < seconds * 20 && received.size() < count; i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return received.size() >= count;
  }

  @Test
  void whatWasAcknowledgedOutlivesTheProcess() throws Exception {
    try (Server first = start()) {
      List<Future<Void>> callers =
          List.of(
              executor.submit(() -> makeUsers(first.endpoint())),
              executor.submit(() -> makeUsers(first.endpoint())));
      appendEvents();
      assertTrue(receivedWithin(EVENTS / 3, 60), () -> received.size() + " events arrived");
      first.process().destroyForcibly();
      for (Future<Void> caller : callers) {
        caller.get(60, TimeUnit.SECONDS);
      }
    }
    assertTrue(received.size() < EVENTS, "it was killed too late to show anything");
    try (Server second = start()) {
      boolean untilTheLease = System.getProperty("vaxel.fault.seconds") != null;
      int expected = untilTheLease ? EVENTS : EVENTS - UNDER_WAY;
      assertTrue(
          receivedWithin(expected, untilTheLease ? 150 : 60),
          () -> received.size() + " events arrived");
      assertTrue(second.process().isAlive());
    }
    assertTrue(users.size() > 10, users.size() + " users");
    try (Database database = storage.open(folder)) {
      Set<String> stored =
          new HashSet<>(
              database
                  .jdbi()
                  .withHandle(
                      sql -> sql.createQuery("select id from users").mapTo(String.class).list()));
      assertTrue(stored.containsAll(users), "users were lost");
    }
  }

  /** As another process on the same database. */
  private void appendEvents() {
    try (Database database = storage.open(folder);
        ControlPlane node =
            new ControlPlane(
                database,
                ControlPlane.Settings.of(URI.create("https://localhost:8443/"), false),
                InstantSource.system())) {
      UUID resource =
          UUID.fromString(
              database
                  .jdbi()
                  .withHandle(
                      sql ->
                          sql.createQuery("select id from resources").mapTo(String.class).one()));
      for (int i = 0; i < EVENTS; i++) {
        Event event = new Event(resource, "t", "/event/" + i, Map.of("n", i));
        database.useTransaction(sql -> node.events().outbox().append(sql, event));
      }
    }
  }
}
