package io.vaxel.control.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vaxel.common.version.ApiVersions;
import io.vaxel.common.version.ServiceVersion;
import io.vaxel.common.version.Stage;
import io.vaxel.control.ControlPlane;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promises of {@code docs/api-lifecycle.md}, over the tables of all services. */
class ApiLifecycleTest {
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

  @Test
  void aStableVersionEndsThreeYearsAfterItsNoticeAtTheEarliest() {
    for (ApiVersions table : ControlPlane.versions()) {
      for (ServiceVersion version : table.all()) {
        LocalDate notice = version.deprecated();
        LocalDate end = version.sunset();
        if (version.stage() == Stage.STABLE && end != null) {
          assertTrue(
              notice != null && !end.isBefore(notice.plusYears(3)),
              () -> table.service() + " " + version.name());
        }
      }
    }
  }

  @Test
  void everyServiceHasOneTableAndAStableVersion() {
    Set<String> services = new HashSet<>();
    for (ApiVersions table : ControlPlane.versions()) {
      assertTrue(services.add(table.service()), table.service());
      assertTrue(
          table.all().stream().anyMatch(version -> version.stage() == Stage.STABLE),
          table.service());
    }
  }

  @Test
  void everyVersionIsSpokenAndEveryAnswerNamesThemAll() throws Exception {
    for (ApiVersions table : ControlPlane.versions()) {
      String names =
          table.all().stream().map(ServiceVersion::name).collect(Collectors.joining(", "));
      for (ServiceVersion version : table.all()) {
        Answer answer = ask(table.service(), version.name());
        assertEquals(names, answer.headers().get("api-supported-versions"));
        assertNotEquals("UnsupportedApiVersion", code(answer), version.name());
        assertEquals(version.deprecated() != null, answer.headers().containsKey("Deprecation"));
        assertEquals(version.sunset() != null, answer.headers().containsKey("Sunset"));
      }
      Answer refused = ask(table.service(), "2001-01-01");
      assertEquals("400 UnsupportedApiVersion api-version", refused.error());
      assertTrue(refused.json().at("/error/message").asText().contains(names));
      assertEquals(names, refused.headers().get("api-supported-versions"));
    }
  }

  private static String code(Answer answer) {
    JsonNode body = answer.body();
    return body == null ? "" : body.at("/error/code").asText();
  }

  /** Calls the first operation of a service's document; whether it succeeds does not matter. */
  private static Answer ask(String service, String version) throws Exception {
    JsonNode document =
        rest.send("GET", "/openapi/" + service + ".json", null, Map.of(), "192.0.2.1").json();
    Map.Entry<String, JsonNode> path = document.get("paths").properties().iterator().next();
    Map.Entry<String, JsonNode> operation = path.getValue().properties().iterator().next();
    String method = operation.getKey().toUpperCase(Locale.ROOT);
    String target = path.getKey().replaceAll("\\{[^}]*\\}", "x") + "?api-version=" + version;
    assertFalse(target.contains("{"));
    return operation.getValue().path("security").toString().contains("accessKey")
        ? rest.call(method, target, null)
        : rest.asOperator(method, target, null);
  }
}
