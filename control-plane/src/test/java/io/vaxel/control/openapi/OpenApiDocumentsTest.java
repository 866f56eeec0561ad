package io.vaxel.control.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The documents of all services, and that they take nothing away from the released ones in {@code
 * docs/openapi}. To release what the code says now:
 *
 * <pre>mvn -pl control-plane -am test -Dtest=OpenApiDocumentsTest -Dvaxel.openapi.release=true
 * </pre>
 */
class OpenApiDocumentsTest {
  private static final Path RELEASED = Path.of("../docs/openapi");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static RestHarness rest;

  @BeforeAll
  static void start() {
    rest = new RestHarness(folder, false);
  }

  @AfterAll
  static void stop() {
    rest.close();
  }

  private static Answer get(String target) throws Exception {
    return rest.send("GET", target, null, Map.of(), "192.0.2.1");
  }

  private static List<String> services() throws Exception {
    List<String> services = new ArrayList<>();
    get("/openapi/index.json").json().get("services").forEach(name -> services.add(name.asText()));
    return services;
  }

  private static JsonNode document(String service) throws Exception {
    Answer answer = get("/openapi/" + service + ".json");
    assertEquals(200, answer.status());
    return answer.json();
  }

  @Test
  void everybodyMayReadTheDocuments() throws Exception {
    assertTrue(services().contains("identity"));
    JsonNode identity = document("identity");
    JsonNode issue = identity.at("/paths/~1identities~1{id}~1:issueAccessToken/post");
    assertEquals("getToken", issue.get("operationId").asText());
    assertEquals(
        "#/components/schemas/AccessTokenBody",
        issue.at("/responses/200/content/application~1json/schema/$ref").asText());
    assertEquals(
        "#/components/schemas/ErrorBody",
        issue.at("/responses/401/content/application~1json/schema/$ref").asText());
    assertEquals(
        "[\"expiresOn\",\"token\"]",
        identity.at("/components/schemas/AccessTokenBody/required").toString());
    assertFalse(
        identity.at("/components/schemas/CreateIdentityRequest").has("required"), "all optional");
    assertEquals("404 NotFound", get("/openapi/nothing.json").error());
  }

  @Test
  void everyOperationSaysWhatItDoesUnderANameOfItsOwn() throws Exception {
    for (String service : services()) {
      Set<String> names = new HashSet<>();
      for (JsonNode item : document(service).get("paths")) {
        for (JsonNode operation : item) {
          String name = operation.path("operationId").asText();
          assertTrue(names.add(name), () -> service + " has two operations named " + name);
          assertFalse(operation.path("summary").asText().isEmpty(), () -> name + " has no summary");
          assertTrue(
              hasSuccess(operation.get("responses")),
              () -> service + " " + name + " documents no success");
        }
      }
    }
  }

  private static boolean hasSuccess(JsonNode responses) {
    boolean found = false;
    for (Map.Entry<String, JsonNode> response : responses.properties()) {
      found |= response.getKey().matches("[23]..");
    }
    return found;
  }

  @Test
  void nothingThatWasReleasedIsTakenAway() throws Exception {
    if (Boolean.getBoolean("vaxel.openapi.release")) {
      release();
    }
    List<String> faults = new ArrayList<>();
    for (String service : services()) {
      Path released = RELEASED.resolve(service + ".json");
      if (Files.exists(released)) {
        new BreakingChanges(JSON.readTree(released.toFile()), document(service))
            .find()
            .forEach(fault -> faults.add(service + ": " + fault));
      } else {
        faults.add(service + " has no released document");
      }
    }
    assertEquals(
        List.of(),
        faults,
        "Callers rely on what was released. If this is meant, or a service is new, run this test"
            + " with -Dvaxel.openapi.release=true and commit docs/openapi.");
  }

  private static void release() throws Exception {
    Files.createDirectories(RELEASED);
    for (String service : services()) {
      Files.writeString(
          RELEASED.resolve(service + ".json"),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document(service)) + "\n",
          StandardCharsets.UTF_8);
    }
  }
}
