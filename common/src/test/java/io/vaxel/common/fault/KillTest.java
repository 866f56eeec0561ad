package io.vaxel.common.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vaxel.common.storage.Database;
import io.vaxel.common.testing.TestStorage;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills whole processes ({@code kill -9}) in the middle of operations and deliveries. Nothing that
 * was acknowledged is lost, no operation is done twice, and what one process left the next one
 * finishes.
 */
@ParameterizedClass
@EnumSource(TestStorage.class)
class KillTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIVES = 3;
  private static final int COMMITS_IN_A_LIFE = 50;

  @Parameter private TestStorage storage = TestStorage.SQLITE;
  @TempDir private Path folder;
  private final Set<String> received = ConcurrentHashMap.newKeySet();
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
      }
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private Process process(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MortalProcess.class.getName(),
                storage.url(folder),
                "http://localhost:" + endpoint.getAddress().getPort() + "/"));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectError(folder.resolve("process.log").toFile())
        .start();
  }

  /** Lets a process commit some, and kills it. */
  private Set<String> liveAndDie() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    Process process = process();
    try (BufferedReader said = process.inputReader()) {
      String line = said.readLine();
      while (line != null) {
        acknowledged.addAll(name(line));
        if (acknowledged.size() == COMMITS_IN_A_LIFE) {
          process.destroyForcibly();
        }
        line = said.readLine();
      }
    } catch (IOException e) {
      // The pipe of a process that was killed may end in an error; what came before counts.
    } finally {
      process.destroyForcibly();
    }
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertTrue(acknowledged.size() >= COMMITS_IN_A_LIFE, "it died too early");
    return acknowledged;
  }

  /** The name that a line holds, when the line was written to its end and is no log. */
  private static Set<String> name(String line) {
    return line.matches("[0-9a-f-]{36}") ? Set.of(line) : Set.of();
  }

  @Test
  void whatWasAcknowledgedIsDoneOnceAndDelivered() throws Exception {
    try (Database database = storage.open(folder)) {
      database.jdbi().useHandle(sql -> sql.execute("create table done (name text)"));
    }
    Set<String> acknowledged = new HashSet<>();
    for (int life = 0; life < LIVES; life++) {
      acknowledged.addAll(liveAndDie());
    }
    Process last = process("drain");
    String said;
    try (BufferedReader reader = last.inputReader()) {
      said = reader.lines().reduce("", (one, other) -> other);
    }
    assertTrue(last.waitFor(60, TimeUnit.SECONDS));
    assertEquals("drained", said);

    try (Database database = storage.open(folder)) {
      List<String> done = texts(database, "select name from done");
      assertEquals(done.size(), new HashSet<>(done).size(), "done twice");
      assertTrue(done.containsAll(acknowledged), "an operation was lost");
      assertEquals(
          new HashSet<>(done),
          new HashSet<>(texts(database, "select input from operations where status = 'succeeded'")),
          "half done");
      assertEquals(
          List.of(), texts(database, "select id from operations where due_at is not null"));
      assertEquals(List.of(), texts(database, "select id from dead_letters"));
      assertEquals(new HashSet<>(done), received, "events and operations commit together");
    }
  }

  private static List<String> texts(Database database, String query) {
    return database.jdbi().withHandle(sql -> sql.createQuery(query).mapTo(String.class).list());
  }
}
