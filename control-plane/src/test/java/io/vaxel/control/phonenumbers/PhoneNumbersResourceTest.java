package io.vaxel.control.phonenumbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
class PhoneNumbersResourceTest {
  private static final String VERSION = "?api-version=2025-06-01";
  private static final String COUNTRY = "/availablePhoneNumbers/countries/US/";
  private static final String RESERVATIONS = "/availablePhoneNumbers/reservations/";
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final String TOLL_FREE =
      "{\"phoneNumberType\":\"tollFree\",\"assignmentType\":\"application\","
          + "\"capabilities\":{\"calling\":\"inbound\",\"sms\":\"none\"},\"areaCode\":\"800\"";

  @Parameter private TestStorage storage = TestStorage.SQLITE;
  @TempDir private Path folder;

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  private RestHarness rest;

  @BeforeEach
  void start() {
    rest = new RestHarness(storage, folder, true);
    rest.setTime(NOON);
  }

  @AfterEach
  void stop() {
    rest.close();
  }

  private Answer call(String method, String path, @Nullable String body) throws Exception {
    return rest.call(method, path + VERSION, body);
  }

  /** Starts an operation, does it, and tells what became of it. */
  private JsonNode done(Answer started) throws Exception {
    assertEquals(202, started.status(), () -> String.valueOf(started.body()));
    assertNull(started.body());
    String id = header(started, "operation-id");
    String link = header(started, "Operation-Location");
    assertEquals("https://calls.example.org:8443/phoneNumbers/operations/" + id + VERSION, link);
    rest.controlPlane().runBackgroundWork();
    return call("GET", "/phoneNumbers/operations/" + id, null).json();
  }

  private static String header(Answer answer, String name) {
    return answer.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no header " + name + " in " + answer.headers()))
        .getValue();
  }

  private String search(int quantity) throws Exception {
    Answer started =
        call("POST", COUNTRY + ":search", TOLL_FREE + ",\"quantity\":" + quantity + "}");
    assertEquals("succeeded", done(started).get("status").asText());
    return header(started, "search-id");
  }

  private JsonNode result(String searchId) throws Exception {
    return call("GET", "/availablePhoneNumbers/searchResults/" + searchId, null).json();
  }

  private Answer purchase(String searchId) throws Exception {
    return call("POST", "/availablePhoneNumbers/:purchase", "{\"searchId\":\"" + searchId + "\"}");
  }

  private List<String> buy(int quantity) throws Exception {
    String id = search(quantity);
    assertEquals("succeeded", done(purchase(id)).get("status").asText());
    List<String> numbers = new ArrayList<>();
    result(id).get("phoneNumbers").forEach(number -> numbers.add(number.asText()));
    return numbers;
  }

  private static String reserve(String... ids) {
    StringBuilder body = new StringBuilder("{\"phoneNumbers\":{");
    for (String id : ids) {
      boolean remove = id.startsWith("-");
      body.append(body.charAt(body.length() - 1) == '{' ? "" : ",")
          .append('"')
          .append(remove ? id.substring(1) : id)
          .append(remove ? "\":null" : "\":{\"countryCode\":\"US\"}");
    }
    return body.append("}}").toString();
  }

  @Test
  void aSearchHoldsItsNumbersForFifteenMinutes() throws Exception {
    Answer started = call("POST", COUNTRY + ":search", TOLL_FREE + ",\"quantity\":2}");
    JsonNode operation = done(started);
    assertEquals("search", operation.get("operationType").asText());
    String id = header(started, "search-id");
    assertEquals(
        "https://calls.example.org:8443/availablePhoneNumbers/searchResults/" + id + VERSION,
        header(started, "Location"));
    JsonNode found = result(id);
    assertEquals("2026-11-23T12:15:00Z", found.get("searchExpiresBy").asText());
    assertEquals("NoError", found.get("error").asText());
    assertEquals(0, found.get("errorCode").asInt());
    assertFalse(found.get("isAgreementToNotResellRequired").asBoolean());
    // The whole range but those two is left for others.
    assertEquals("OutOfStock", failure(searchFor(49)));
    rest.setTime(NOON.plus(Duration.ofMinutes(15)));
    search(49);
  }

  private JsonNode searchFor(int quantity) throws Exception {
    return done(call("POST", COUNTRY + ":search", TOLL_FREE + ",\"quantity\":" + quantity + "}"));
  }

  private static String failure(JsonNode operation) {
    assertEquals("failed", operation.get("status").asText());
    return operation.at("/error/code").asText();
  }

  @Test
  void anOperationThatHasNotBegunSaysSo() throws Exception {
    Answer started = call("POST", COUNTRY + ":search", TOLL_FREE + "}");
    String path = "/phoneNumbers/operations/" + header(started, "operation-id");
    JsonNode waiting = call("GET", path, null).json();
    assertEquals("notStarted", waiting.get("status").asText());
    assertEquals("0001-01-01T00:00:00+00:00", waiting.get("lastActionDateTime").asText());
    assertEquals(204, call("DELETE", path, null).status());
    assertEquals("failed", call("GET", path, null).json().get("status").asText());
    rest.controlPlane().runBackgroundWork();
    assertEquals("failed", call("GET", path, null).json().get("status").asText());
    // Nothing was held for it.
    search(50);
  }

  @Test
  void aSearchThatFailedHasAResultThatSaysWhy() throws Exception {
    Answer started = call("POST", COUNTRY + ":search", TOLL_FREE + ",\"quantity\":51}");
    String id = header(started, "search-id");
    assertEquals(
        "404 NotFound searchId",
        call("GET", "/availablePhoneNumbers/searchResults/" + id, null).error());
    assertEquals("OutOfStock", failure(done(started)));
    assertEquals("OutOfStock", result(id).get("error").asText());
    assertEquals(2, result(id).get("errorCode").asInt());
    assertEquals("409 Conflict searchId", purchase(id).error());
  }

  @Test
  void aNumberIsBoughtWithWhatItWasSearchedFor() throws Exception {
    String number = buy(1).getFirst();
    JsonNode bought = call("GET", "/phoneNumbers/" + number.replace("+", "%2B"), null).json();
    assertEquals(number, bought.get("phoneNumber").asText());
    assertEquals(number.substring(1), bought.get("id").asText());
    assertEquals("inbound", bought.at("/capabilities/calling").asText());
    assertEquals("none", bought.at("/capabilities/sms").asText());
    assertEquals("2026-11-23T12:00:00Z", bought.get("purchaseDate").asText());
    assertEquals(2.0, bought.at("/cost/amount").asDouble());
    assertEquals(
        bought, call("GET", "/phoneNumbers/" + number, null).json(), "a raw plus is a plus");
    OwnedNumber owned = rest.controlPlane().phoneNumbers().directory().find(number).orElseThrow();
    assertEquals(CapabilityType.INBOUND, owned.capabilities().calling());
  }

  @Test
  void aSearchIsBoughtOnceAndInTime() throws Exception {
    String id = search(1);
    rest.setTime(NOON.plus(Duration.ofMinutes(15)));
    assertEquals("409 ReservationExpired searchId", purchase(id).error());
    assertEquals("ReservationExpired", result(id).get("error").asText());
    String second = search(1);
    Answer started = purchase(second);
    assertEquals("409 Conflict searchId", purchase(second).error());
    // A purchase that was accepted in time is done, however long it waits.
    rest.setTime(NOON.plus(Duration.ofMinutes(29)));
    assertEquals("succeeded", done(started).get("status").asText());
    assertEquals("409 Conflict searchId", purchase(second).error());
  }

  @Test
  void aCancelledPurchaseBuysNothing() throws Exception {
    Answer started = purchase(search(1));
    String path = "/phoneNumbers/operations/" + header(started, "operation-id");
    assertEquals(204, call("DELETE", path, null).status());
    rest.controlPlane().runBackgroundWork();
    assertEquals(0, call("GET", "/phoneNumbers", null).json().get("phoneNumbers").size());
  }

  @Test
  void anOperationThatWasAcceptedOutlivesTheProcess() throws Exception {
    String searchId = search(1);
    Answer purchase = purchase(searchId);
    Answer search = call("POST", COUNTRY + ":search", TOLL_FREE + "}");
    stop();
    start();
    rest.controlPlane().runBackgroundWork();
    String number = result(searchId).at("/phoneNumbers/0").asText();
    assertEquals(200, call("GET", "/phoneNumbers/" + number, null).status());
    for (Answer started : List.of(purchase, search)) {
      String path = "/phoneNumbers/operations/" + header(started, "operation-id");
      assertEquals("succeeded", call("GET", path, null).json().get("status").asText());
    }
  }

  @Test
  void capabilitiesAreMergedAndNullTakesOneAway() throws Exception {
    String path = "/phoneNumbers/" + buy(1).getFirst();
    Answer started = call("PATCH", path + "/capabilities", "{\"sms\":\"outbound\"}");
    JsonNode operation = done(started);
    assertEquals("succeeded", operation.get("status").asText());
    assertEquals("updatePhoneNumberCapabilities", operation.get("operationType").asText());
    assertEquals("https://calls.example.org:8443" + path + VERSION, header(started, "Location"));
    JsonNode number = call("GET", path, null).json();
    assertEquals("inbound", number.at("/capabilities/calling").asText());
    assertEquals("outbound", number.at("/capabilities/sms").asText());
    done(call("PATCH", path + "/capabilities", "{\"calling\":null}"));
    assertEquals("none", call("GET", path, null).json().at("/capabilities/calling").asText());
  }

  @Test
  void aCapabilityThatTheNumberLacksIsRefusedByTheOperation() throws Exception {
    Answer imported =
        rest.asOperator(
            "POST",
            "/admin/numbers:import",
            "[{\"number\":\"+442079460018\",\"type\":\"geographic\",\"calling\":\"inbound\"}]");
    assertEquals(1, imported.json().get("imported").asInt());
    String search =
        "{\"phoneNumberType\":\"geographic\",\"assignmentType\":\"application\","
            + "\"capabilities\":{\"calling\":\"inbound\",\"sms\":\"none\"}}";
    Answer started = call("POST", "/availablePhoneNumbers/countries/gb/:search", search);
    done(started);
    done(purchase(header(started, "search-id")));
    String path = "/phoneNumbers/+442079460018";
    assertEquals(
        "CapabilityNotSupported",
        failure(done(call("PATCH", path + "/capabilities", "{\"sms\":\"inbound\"}"))));
    assertEquals("none", call("GET", path, null).json().at("/capabilities/sms").asText());
  }

  @Test
  void aReleasedNumberIsFreeAndNobodysAnyMore() throws Exception {
    String number = buy(50).getLast();
    JsonNode operation = done(call("DELETE", "/phoneNumbers/" + number, null));
    assertEquals("releasePhoneNumber", operation.get("operationType").asText());
    assertTrue(operation.has("resourceLocation") && operation.get("resourceLocation").isNull());
    String gone = "403 InsufficientPermissions phonenumber";
    assertEquals(gone, call("GET", "/phoneNumbers/" + number, null).error());
    assertEquals(gone, call("DELETE", "/phoneNumbers/" + number, null).error());
    assertEquals(
        gone,
        call("PATCH", "/phoneNumbers/" + number + "/capabilities", "{\"sms\":\"none\"}").error());
    assertTrue(rest.controlPlane().phoneNumbers().directory().find(number).isEmpty());
    assertEquals(List.of(number), buy(1));
  }

  @Test
  void listsComeInPagesThatLinkToEachOther() throws Exception {
    buy(5);
    String target = "/phoneNumbers" + VERSION + "&top=2";
    List<String> ids = new ArrayList<>();
    int pages = 0;
    while (!target.isEmpty()) {
      JsonNode page = rest.call("GET", target, null).json();
      page.get("phoneNumbers").forEach(number -> ids.add(number.get("id").asText()));
      String next = page.path("nextLink").asText("");
      assertTrue(next.isEmpty() || next.startsWith("https://calls.example.org:8443/phoneNumbers?"));
      target = next.replace("https://calls.example.org:8443", "");
      pages++;
    }
    assertEquals(3, pages);
    assertEquals(5, ids.stream().distinct().count());
  }

  @Test
  void reservationsAreMadeChangedAndBought() throws Exception {
    String path = RESERVATIONS + UUID.randomUUID();
    Answer made = call("PATCH", path, reserve("18005550100", "18005550101"));
    assertEquals(201, made.status());
    assertEquals("active", made.json().get("status").asText());
    assertEquals("2026-11-23T12:15:00Z", made.json().get("expiresAt").asText());
    assertEquals("reserved", made.json().at("/phoneNumbers/18005550100/status").asText());
    rest.setTime(NOON.plus(Duration.ofMinutes(10)));
    Answer changed = call("PATCH", path, reserve("18005550101", "18005550102", "-18005550100"));
    assertEquals(200, changed.status());
    assertEquals("2026-11-23T12:25:00Z", changed.json().get("expiresAt").asText());
    assertEquals(List.of("18005550101", "18005550102"), names(changed.json().get("phoneNumbers")));
    JsonNode operation = done(call("POST", path + "/:purchase", null));
    assertEquals("reservationPurchase", operation.get("operationType").asText());
    assertEquals("succeeded", operation.get("status").asText());
    JsonNode completed = call("GET", path, null).json();
    assertEquals("completed", completed.get("status").asText());
    assertEquals("purchased", completed.at("/phoneNumbers/18005550102/status").asText());
    assertEquals(2, call("GET", "/phoneNumbers", null).json().get("phoneNumbers").size());
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void aReservationSlidesForTwoHoursAtMost() throws Exception {
    String path = RESERVATIONS + UUID.randomUUID();
    call("PATCH", path, reserve("18005550100"));
    for (int minutes = 10; minutes < 120; minutes += 10) {
      rest.setTime(NOON.plus(Duration.ofMinutes(minutes)));
      assertEquals(200, call("PATCH", path, "{}").status());
    }
    assertEquals("2026-11-23T14:00:00Z", call("GET", path, null).json().get("expiresAt").asText());
    rest.setTime(NOON.plus(Duration.ofHours(2)));
    JsonNode expired = call("GET", path, null).json();
    assertEquals("expired", expired.get("status").asText());
    assertEquals("expired", expired.at("/phoneNumbers/18005550100/status").asText());
    assertEquals("409 Conflict reservationId", call("PATCH", path, "{}").error());
    assertEquals("409 Conflict reservationId", call("POST", path + "/:purchase", null).error());
    assertEquals(
        201, call("PATCH", RESERVATIONS + UUID.randomUUID(), reserve("18005550100")).status());
  }

  @Test
  void whatCannotBeReservedIsToldAndTheRestIsReserved() throws Exception {
    call("PATCH", RESERVATIONS + UUID.randomUUID(), reserve("18005550100"));
    String path = RESERVATIONS + UUID.randomUUID();
    Answer partly = call("PATCH", path, reserve("18005550100", "18005550101", "18005559999"));
    assertEquals(207, partly.status());
    assertEquals("error", partly.json().at("/phoneNumbers/18005550100/status").asText());
    assertEquals(
        "PhoneNumberNotAvailable",
        partly.json().at("/phoneNumbers/18005559999/error/code").asText());
    assertEquals(List.of("18005550101"), names(call("GET", path, null).json().get("phoneNumbers")));
  }

  @Test
  void aDeletedReservationFreesItsNumbers() throws Exception {
    String path = RESERVATIONS + UUID.randomUUID();
    call("PATCH", path, reserve("18005550100"));
    assertEquals(204, call("DELETE", path, null).status());
    assertEquals("404 NotFound reservationId", call("DELETE", path, null).error());
    assertEquals("404 NotFound reservationId", call("GET", path, null).error());
    search(50);
  }

  @Test
  void aReservationThatIsBeingBoughtStays() throws Exception {
    String path = RESERVATIONS + UUID.randomUUID();
    call("PATCH", path, "{}");
    assertEquals("409 Conflict reservationId", call("POST", path + "/:purchase", null).error());
    call("PATCH", path, reserve("18005550100"));
    assertEquals(202, call("POST", path + "/:purchase", "{}").status());
    assertEquals("submitted", call("GET", path, null).json().get("status").asText());
    assertEquals("409 Conflict reservationId", call("DELETE", path, null).error());
    assertEquals("409 Conflict reservationId", call("PATCH", path, "{}").error());
    assertEquals("409 Conflict reservationId", call("POST", path + "/:purchase", null).error());
  }

  @Test
  void someNumbersDemandThatTheyAreNotResold() throws Exception {
    rest.asOperator(
        "POST",
        "/admin/numbers:import",
        "[{\"number\":\"+33123456789\",\"type\":\"geographic\",\"calling\":\"inbound\","
            + "\"resaleAgreement\":true}]");
    Answer started =
        call(
            "POST",
            "/availablePhoneNumbers/countries/FR/:search",
            TOLL_FREE.replace("tollFree", "geographic").replace("\"800\"", "\"\"") + "}");
    done(started);
    String id = header(started, "search-id");
    assertTrue(result(id).get("isAgreementToNotResellRequired").asBoolean());
    assertEquals("400 AgreementToNotResellRequired agreeToNotResell", purchase(id).error());
    assertEquals(
        202,
        call(
                "POST",
                "/availablePhoneNumbers/:purchase",
                "{\"searchId\":\"" + id + "\",\"agreeToNotResell\":true}")
            .status());
  }

  @Test
  void aResourceHoldsAtMostSoMany() throws Exception {
    assertEquals(
        "400 ValidationError quantity",
        call("POST", COUNTRY + ":search", TOLL_FREE + ",\"quantity\":501}").error());
    StringBuilder list = new StringBuilder("number,type,calling,areaCode\n");
    for (int i = 0; i < 600; i++) {
      list.append("+1907555").append(1000 + i).append(",geographic,inbound,907\n");
    }
    rest.controlPlane().phoneNumbers().stock().add(InventoryList.ofCsv(list.toString()));
    String search =
        TOLL_FREE.replace("tollFree", "geographic").replace("800", "907") + ",\"quantity\":";
    done(call("POST", COUNTRY + ":search", search + "300}"));
    Answer refused = call("POST", COUNTRY + ":search", search + "201}");
    assertEquals("429 TooManyRequests", refused.error());
    assertEquals("900", header(refused, "Retry-After"));
    assertEquals(429, call("PATCH", RESERVATIONS + UUID.randomUUID(), manyToReserve(201)).status());
    // Searches that begin together pass the first count together, and are counted again.
    Answer first = call("POST", COUNTRY + ":search", search + "150}");
    Answer second = call("POST", COUNTRY + ":search", search + "150}");
    done(first);
    JsonNode late =
        call("GET", "/phoneNumbers/operations/" + header(second, "operation-id"), null).json();
    JsonNode early =
        call("GET", "/phoneNumbers/operations/" + header(first, "operation-id"), null).json();
    assertEquals(
        1,
        List.of(late, early).stream()
            .filter(operation -> operation.get("status").asText().equals("succeeded"))
            .count());
    assertNotNull(late);
  }

  private static String manyToReserve(int count) {
    String[] ids = new String[count];
    for (int i = 0; i < count; i++) {
      ids[i] = "1907555" + (1300 + i);
    }
    return reserve(ids);
  }

  @Test
  void namesOfCountriesAreInTheCallersLanguage() throws Exception {
    String target = "/availablePhoneNumbers/countries" + VERSION;
    for (String[] each :
        new String[][] {
          {"de-DE,de;q=0.9,en;q=0.1", "Vereinigte Staaten"},
          {"fr", "États-Unis"},
          {"*", "United States"},
          {"%%%", "United States"},
          {"", "United States"}
        }) {
      var headers = rest.signed("GET", target, null, rest.key());
      headers.put("accept-language", each[0]);
      JsonNode body = rest.send("GET", target, null, headers, "127.0.0.1").json();
      assertEquals(each[1], body.at("/countries/0/localizedName").asText(), each[0]);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | /phoneNumbers/12 | | 400 ValidationError phoneNumber",
        "GET | /phoneNumbers/+14255559999 | | 404 NotFound phonenumber",
        "GET | /phoneNumbers/+18005550100 | | 403 InsufficientPermissions phonenumber",
        "DELETE | /phoneNumbers/x | | 400 ValidationError phoneNumber",
        "PATCH | /phoneNumbers/+18005550100/capabilities | {} | 400 ValidationError body",
        "PATCH | /phoneNumbers/+18005550100/capabilities | {\"sms\":1} | 400 ValidationError sms",
        "PATCH | /phoneNumbers/+18005550100/capabilities | {\"sms\":\"x\"} | 400 ValidationError sms",
        "PATCH | /phoneNumbers/+18005550100/capabilities | [] | 400 BadRequest",
        "GET | /phoneNumbers/operations/search_x | | 404 NotFound operationId",
        "DELETE | /phoneNumbers/operations/search_x | | 404 NotFound operationId",
        "GET | /availablePhoneNumbers/searchResults/x | | 400 ValidationError searchId",
        "GET | /availablePhoneNumbers/searchResults/1-1-1-1-1 | | 400 ValidationError searchId",
        "GET | /availablePhoneNumbers/countries/US/areaCodes | | 400 ValidationError phoneNumberType",
        "GET | /availablePhoneNumbers/countries/USA/localities | | 404 NotFound countryCode",
        "POST | /availablePhoneNumbers/countries/US/:search | | 400 ValidationError body",
        "POST | /availablePhoneNumbers/countries/US/:search | {} | 400 ValidationError phoneNumberType",
        "POST | /availablePhoneNumbers/countries/US/:search | {\"phoneNumberType\":7} | 400 ValidationError phoneNumberType",
        "POST | /availablePhoneNumbers/countries/US/:browse | {} | 400 ValidationError phoneNumberType",
        "POST | /availablePhoneNumbers/countries/US/:browse | {\"phoneNumberType\":\"mobile\",\"phoneNumberPrefixes\":[\"%\"]} | 400 ValidationError phoneNumberPrefixes[0]",
        "POST | /availablePhoneNumbers/countries/US/:browse | {\"phoneNumberType\":\"mobile\",\"phoneNumberPrefixes\":[null]} | 400 ValidationError phoneNumberPrefixes",
        "POST | /availablePhoneNumbers/:purchase | {} | 400 ValidationError searchId",
        "POST | /availablePhoneNumbers/:purchase | {\"searchId\":\"0e0c4f3e-6ad8-4cc6-b0b1-6a9a6ad0f0aa\"} | 404 NotFound searchId",
        "GET | /availablePhoneNumbers/reservations/x | | 400 ValidationError reservationId",
        "PATCH | /availablePhoneNumbers/reservations/0e0c4f3e-6ad8-4cc6-b0b1-6a9a6ad0f0aa | {\"phoneNumbers\":{\"x\":{}}} | 400 ValidationError phoneNumbers",
        "PATCH | /availablePhoneNumbers/reservations/0e0c4f3e-6ad8-4cc6-b0b1-6a9a6ad0f0aa | {\"phoneNumbers\":{\"18005550100\":{\"phoneNumber\":\"+1\"}}} | 400 ValidationError phoneNumbers",
        "PATCH | /availablePhoneNumbers/reservations/0e0c4f3e-6ad8-4cc6-b0b1-6a9a6ad0f0aa | {\"id\":\"1e0c4f3e-6ad8-4cc6-b0b1-6a9a6ad0f0aa\"} | 400 ValidationError id",
        "POST | /availablePhoneNumbers/reservations/0e0c4f3e-6ad8-4cc6-b0b1-6a9a6ad0f0aa/:purchase | | 404 NotFound reservationId",
        "POST | /operatorInformation/:search | {} | 400 ValidationError phoneNumbers",
        "POST | /operatorInformation/:search | {\"phoneNumbers\":[]} | 400 ValidationError phoneNumbers",
        "POST | /operatorInformation/:search | {\"phoneNumbers\":[null]} | 400 ValidationError phoneNumbers[0]",
        "POST | /operatorInformation/:search | {\"phoneNumbers\":[\"+999\"]} | 400 ValidationError phoneNumbers[0]"
      })
  void badRequestsAreRefusedByName(String method, String path, @Nullable String body, String error)
      throws Exception {
    assertEquals(error, call(method, path, body).error());
  }

  @ParameterizedTest
  @ValueSource(strings = {"skip=-1", "skip=x", "top=0", "top=99999999999"})
  void pagesOutOfRangeAreRefused(String query) throws Exception {
    Answer answer = rest.call("GET", "/phoneNumbers" + VERSION + "&" + query, null);
    assertEquals("400 ValidationError " + query.replaceFirst("=.*", ""), answer.error());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2021-03-07", "2022-12-01", "2025-02-11", "2025-04-01", "2025-06-01"})
  void everyVersionThatSdksSendIsSpoken(String version) throws Exception {
    assertEquals(200, rest.call("GET", "/phoneNumbers?api-version=" + version, null).status());
  }
}
