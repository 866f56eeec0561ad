package io.vaxel.control.phonenumbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStorage.class)
class AdminNumbersTest {
  private static final String FREE = "+14255550100";
  private static final String LIST =
      "[{\"number\":\"+14255550100\",\"type\":\"geographic\",\"sms\":\"outbound\",\"cost\":1.5},"
          + "{\"number\":\"+442079460018\",\"type\":\"geographic\",\"calling\":\"inbound\"}]";

  @Parameter private TestStorage storage = TestStorage.SQLITE;
  @TempDir private Path folder;

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  private RestHarness rest;

  @BeforeEach
  void start() {
    rest = new RestHarness(storage, folder, false);
  }

  @AfterEach
  void stop() {
    rest.close();
  }

  private int count() throws Exception {
    return rest.asOperator("GET", "/admin/numbers", null).json().get("value").size();
  }

  private void own(String number) throws Exception {
    String path = "/availablePhoneNumbers/reservations/" + UUID.randomUUID();
    String version = "?api-version=2025-06-01";
    Answer reserved =
        rest.call(
            "PATCH",
            path + version,
            "{\"phoneNumbers\":{\"" + number.substring(1) + "\":{\"countryCode\":\"US\"}}}");
    assertEquals(201, reserved.status());
    assertEquals(202, rest.call("POST", path + "/:purchase" + version, "{}").status());
    rest.controlPlane().runBackgroundWork();
  }

  @Test
  void aServerThatIsNotForDevelopmentHasNoNumbers() throws Exception {
    assertEquals(0, count());
  }

  @Test
  void importedNumbersAreListed() throws Exception {
    Answer imported = rest.asOperator("POST", "/admin/numbers:import", LIST);
    assertEquals(2, imported.json().get("imported").asInt());
    JsonNode first = rest.asOperator("GET", "/admin/numbers", null).json().get("value").get(0);
    assertEquals(FREE, first.get("number").asText());
    assertEquals("US", first.get("country").asText());
    assertEquals("outbound", first.get("sms").asText());
    assertEquals("1.50", first.get("cost").asText());
    assertEquals("free", first.get("state").asText());
    assertEquals(
        1, rest.asOperator("GET", "/admin/numbers?country=gb", null).json().get("value").size());
  }

  @Test
  void csvIsImportedToo() throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "calls.example.org:8443");
    headers.put(
        "Authorization",
        "Bearer " + rest.controlPlane().operatorTokens().issue(Duration.ofHours(1)).token());
    headers.put("Content-Type", "text/csv");
    Answer imported =
        rest.send(
            "POST",
            "/admin/numbers:import",
            "number,type,calling\n+14255550100,geographic,inbound\n",
            headers,
            "127.0.0.1");
    assertEquals(1, imported.json().get("imported").asInt());
  }

  @Test
  void aListWithAFaultIsNotImportedAtAll() throws Exception {
    rest.asOperator("POST", "/admin/numbers:import", LIST);
    Answer refused =
        rest.asOperator(
            "POST",
            "/admin/numbers:import",
            "[{\"number\":\"+14255550101\",\"type\":\"geographic\",\"sms\":\"outbound\"},\n"
                + "{\"number\":\"+14255550100\",\"type\":\"geographic\",\"sms\":\"outbound\"}]");
    assertEquals("400 ValidationError body", refused.error());
    assertEquals("line 2", refused.json().at("/error/details/0/target").asText());
    assertEquals(2, count());
  }

  @Test
  void pagesLinkToEachOther() throws Exception {
    rest.asOperator("POST", "/admin/numbers:import", LIST);
    JsonNode page = rest.asOperator("GET", "/admin/numbers?top=1", null).json();
    assertEquals(1, page.get("value").size());
    assertEquals("/admin/numbers?top=1&skip=1", page.get("nextLink").asText());
    JsonNode last = rest.asOperator("GET", page.get("nextLink").asText(), null).json();
    assertEquals("+442079460018", last.at("/value/0/number").asText());
    assertTrue(last.path("nextLink").isMissingNode());
  }

  @Test
  void onlyNumbersThatNobodyHasAreDeleted() throws Exception {
    rest.asOperator("POST", "/admin/numbers:import", LIST);
    own(FREE);
    JsonNode owned =
        rest.asOperator("GET", "/admin/numbers?owned=true&resource=default", null).json();
    assertEquals(FREE, owned.at("/value/0/number").asText());
    assertEquals("owned", owned.at("/value/0/state").asText());
    String path = "/admin/numbers/" + FREE;
    assertEquals("409 Conflict number", rest.asOperator("DELETE", path, null).error());
    assertEquals(204, rest.asOperator("POST", path + "/:release", null).status());
    assertEquals(
        "404 NotFound phonenumber", rest.asOperator("POST", path + "/:release", null).error());
    assertEquals(204, rest.asOperator("DELETE", path, null).status());
    assertEquals("404 NotFound phonenumber", rest.asOperator("DELETE", path, null).error());
  }

  @Test
  void whatIsOverIsForgotten() throws Exception {
    rest.asOperator("POST", "/admin/numbers:import", LIST);
    String path = "/availablePhoneNumbers/reservations/" + UUID.randomUUID();
    String version = "?api-version=2025-06-01";
    String body = "{\"phoneNumbers\":{\"14255550100\":{}}}";
    assertEquals(201, rest.call("PATCH", path + version, body).status());
    JsonNode held = rest.asOperator("GET", "/admin/numbers", null).json().at("/value/0");
    assertEquals("held", held.get("state").asText());
    assertEquals("2026-11-23T12:15:00Z", held.get("heldUntil").asText());
    rest.setTime(Instant.parse("2026-11-23T12:15:00Z"));
    rest.controlPlane().phoneNumbers().removeExpired();
    assertEquals(
        "free",
        rest.asOperator("GET", "/admin/numbers", null).json().at("/value/0/state").asText());
    assertEquals("expired", rest.call("GET", path + version, null).json().get("status").asText());
    rest.setTime(Instant.parse("2026-12-24T12:15:00Z"));
    rest.controlPlane().phoneNumbers().removeExpired();
    assertEquals(404, rest.call("GET", path + version, null).status());
  }

  @Test
  void othersThanOperatorsAreRefused() throws Exception {
    assertEquals(401, rest.call("GET", "/admin/numbers", null).status());
    assertEquals(401, rest.call("POST", "/admin/numbers:import", LIST).status());
    assertEquals(401, rest.call("DELETE", "/admin/numbers/" + FREE, null).status());
  }
}
