package io.vaxel.control.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vaxel.common.limit.Rate;
import io.vaxel.common.limit.RateLimits;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.control.ServiceSettings;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends malformed requests with a good credential to every operation of every document: a service
 * that is added later is covered by itself. Each gets a documented answer, never a 500, and what is
 * refused changes nothing. The seed is printed with a failure; {@code -Dvaxel.malformed.seed}
 * repeats it.
 */
class MalformedInputTest {
  private static final int REQUESTS_PER_OPERATION = 40;
  private static final long SEED = Long.getLong("vaxel.malformed.seed", System.nanoTime());
  private static final List<String> MEDIA_TYPES =
      List.of(
          "text/plain",
          "application/xml",
          "application/json; charset=utf-16",
          "nonsense",
          "",
          "*/*",
          "multipart/form-data");

  @TempDir private Path folder;

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  private RestHarness rest;

  @BeforeEach
  void start() {
    Map<String, Rate> unlimited = new TreeMap<>(ServiceSettings.defaults().limits().operations());
    unlimited.replaceAll((name, rate) -> Rate.parse("1000000/1s"));
    rest =
        new RestHarness(
            TestStorage.SQLITE,
            folder,
            RestHarness.settings(true)
                .with(
                    ServiceSettings.defaults()
                        .with(new RateLimits(10, Rate.parse("1000000/1s"), unlimited))));
  }

  @AfterEach
  void stop() {
    rest.close();
  }

  /** One operation of a document. */
  private record Operation(JsonNode document, String path, String method, JsonNode description) {
    boolean documents(int status) {
      return description.path("responses").has(Integer.toString(status));
    }

    boolean needs(String credential) {
      return description.path("security").toString().contains(credential);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @TestFactory
  List<DynamicTest> isAnsweredAsDocumented() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode service : get("/openapi/index.json").get("services")) {
      JsonNode document = get("/openapi/" + service.asText() + ".json");
      for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
        for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
          Operation operation =
              new Operation(
                  document,
                  path.getKey(),
                  method.getKey().toUpperCase(Locale.ROOT),
                  method.getValue());
          tests.add(
              DynamicTest.dynamicTest(
                  service.asText() + " " + operation, () -> sendMalformed(operation)));
        }
      }
    }
    assertTrue(tests.size() >= 10, "there are few operations");
    return tests;
  }

  private JsonNode get(String target) throws Exception {
    return rest.send("GET", target, null, Map.of(), "192.0.2.1").json();
  }

  private void sendMalformed(Operation operation) throws Exception {
    Random random = new Random(SEED ^ operation.toString().hashCode());
    OddValues odd = new OddValues(operation.document(), random);
    for (int i = 0; i < REQUESTS_PER_OPERATION; i++) {
      String target = target(operation, odd, random);
      JsonNode content = operation.description().at("/requestBody/content");
      String type = "application/json";
      String body = null;
      for (Map.Entry<String, JsonNode> form : content.properties()) {
        type = form.getKey();
        body = odd.body(form.getValue().path("schema"));
      }
      if (body != null && random.nextInt(8) == 0) {
        type = odd.one(MEDIA_TYPES);
      }
      Map<String, String> headers = headers(operation, target, body, type);
      addOddHeaders(operation, headers, odd, random);
      check(operation, target, body, headers);
    }
  }

  private static String target(Operation operation, OddValues odd, Random random) {
    String path = operation.path();
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : operation.description().path("parameters")) {
      String name = parameter.path("name").asText();
      if (parameter.path("in").asText().equals("path")) {
        path = path.replace("{" + name + "}", odd.text());
      } else if (parameter.path("in").asText().equals("query") && random.nextInt(10) > 0) {
        JsonNode known = parameter.at("/schema/enum");
        boolean good = known.isArray() && random.nextInt(10) > 0;
        query.add(
            name + "=" + (good ? known.get(random.nextInt(known.size())).asText() : odd.text()));
      }
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private Map<String, String> headers(
      Operation operation, String target, @Nullable String body, String type) throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    if (operation.needs("accessKey")) {
      headers.putAll(rest.signed(operation.method(), target, body, rest.key()));
    } else if (operation.needs("bearer")) {
      String token = rest.controlPlane().operatorTokens().issue(Duration.ofHours(1)).token();
      headers.put("Authorization", "Bearer " + token);
    }
    if (body != null) {
      headers.put("Content-Type", type);
    }
    return headers;
  }

  private static void addOddHeaders(
      Operation operation, Map<String, String> headers, OddValues odd, Random random) {
    for (JsonNode parameter : operation.description().path("parameters")) {
      if (parameter.path("in").asText().equals("header") && random.nextBoolean()) {
        headers.put(parameter.path("name").asText(), odd.text());
      }
    }
    if (random.nextInt(8) == 0) {
      headers.put("Repeatability-Request-ID", odd.text());
      headers.put("Repeatability-First-Sent", odd.text());
    }
    if (random.nextInt(8) == 0) {
      headers.put("Accept", odd.one(List.of("text/html", "application/json", "*/*", "nonsense")));
    }
  }

  private void check(
      Operation operation, String target, @Nullable String body, Map<String, String> headers)
      throws Exception {
    String before = state();
    Answer answer = rest.send(operation.method(), target, body, headers, "192.0.2.1");
    String what =
        "%s %s with %s %s got %d %s (seed %d)"
            .formatted(
                operation.method(),
                shorten(target),
                headers.get("Content-Type"),
                shorten(String.valueOf(body)),
                answer.status(),
                answer.body() + " " + headers.get("Accept"),
                SEED);
    assertTrue(answer.status() < 500, what);
    assertTrue(operation.documents(answer.status()), () -> "Not documented: " + what);
    if (answer.status() >= 400) {
      JsonNode refusal = answer.body();
      assertTrue(refusal != null && refusal.at("/error/code").isTextual(), what);
      assertEquals(before, state(), () -> "Something changed: " + what);
    }
  }

  private static String shorten(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }

  /** Every row of every table, in one number for each table. */
  private String state() {
    return rest.database()
        .jdbi()
        .withHandle(
            sql -> {
              Map<String, Integer> tables = new TreeMap<>();
              for (String table :
                  sql.createQuery("select name from sqlite_master where type = 'table'")
                      .mapTo(String.class)
                      .list()) {
                tables.put(
                    table, sql.createQuery("select * from " + table).mapToMap().list().hashCode());
              }
              return tables.toString();
            });
  }
}
