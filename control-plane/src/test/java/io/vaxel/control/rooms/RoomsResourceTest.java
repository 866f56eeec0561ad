package io.vaxel.control.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStorage.class)
class RoomsResourceTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final String V = "?api-version=2025-03-13";
  private static final String UNKNOWN = "10000000000000000";

  @Parameter private TestStorage storage = TestStorage.SQLITE;
  @TempDir private Path folder;
  private RestHarness rest;
  private String resource;

  @BeforeEach
  void start() {
    rest = new RestHarness(storage, folder, false);
    resource =
        rest.database()
            .jdbi()
            .withHandle(
                sql -> sql.createQuery("select id from resources").mapTo(String.class).one());
  }

  @AfterEach
  void stop() {
    rest.close();
  }

  private String user(int number) {
    return "8:acs:" + resource + "_" + new UUID(0, number);
  }

  private Answer create(String body) throws Exception {
    return rest.call("POST", "/rooms" + V, body);
  }

  private String created(String body) throws Exception {
    Answer answer = create(body);
    assertEquals(201, answer.status(), () -> String.valueOf(answer.body()));
    return answer.json().get("id").asText();
  }

  private Answer patch(String path, @Nullable String body) throws Exception {
    return rest.call("PATCH", path + V, body);
  }

  private String participants(String roomId) throws Exception {
    List<String> found = new ArrayList<>();
    for (JsonNode one :
        rest.call("GET", "/rooms/" + roomId + "/participants" + V, null).json().get("value")) {
      found.add(number(one.get("rawId").asText()) + " " + one.get("role").asText());
    }
    return String.join(", ", found.stream().sorted().toList());
  }

  private static long number(String rawId) {
    return Long.parseLong(rawId.substring(rawId.lastIndexOf('-') + 1), 16);
  }

  private long rooms() {
    return rest.database()
        .jdbi()
        .withHandle(sql -> sql.createQuery("select count(*) from rooms").mapTo(Long.class).one());
  }

  @Test
  void aRoomBeginsNowAndLasts180Days() throws Exception {
    for (String body : new String[] {null, "", "{}", "null"}) {
      Answer answer = create(body);
      assertEquals(201, answer.status());
      JsonNode room = answer.json();
      assertTrue(room.get("id").asText().matches("\\d{17}"));
      assertEquals("2026-11-23T12:00:00Z", room.get("createdAt").asText());
      assertEquals("2026-11-23T12:00:00Z", room.get("validFrom").asText());
      assertEquals("2027-05-22T12:00:00Z", room.get("validUntil").asText());
      assertFalse(room.get("pstnDialOutEnabled").asBoolean(true));
      assertEquals(room, rest.call("GET", "/rooms/" + room.get("id").asText() + V, null).json());
    }
  }

  @Test
  void aRoomTakesWhatItIsGiven() throws Exception {
    String id =
        created(
            """
            {"validFrom":"2026-12-01T10:00:00.5+02:00","validUntil":"2026-12-01T09:00:00Z",
             "pstnDialOutEnabled":true,
             "participants":{"%s":{"role":"Presenter"},"%s":{},"%s":{"role":"Collaborator"}}}
            """
                .formatted(user(1), user(2), user(3)));
    JsonNode room = rest.call("GET", "/rooms/" + id + V, null).json();
    assertEquals("2026-12-01T08:00:00.500Z", room.get("validFrom").asText());
    assertEquals("2026-12-01T09:00:00Z", room.get("validUntil").asText());
    assertTrue(room.get("pstnDialOutEnabled").asBoolean());
    assertEquals("1 Presenter, 2 Attendee, 3 Collaborator", participants(id));
  }

  @Test
  void badInputNamesItsFieldAndChangesNothing() throws Exception {
    Map<String, String> faults =
        Map.ofEntries(
            Map.entry("{\"validFrom\":\"tomorrow\"}", "validFrom"),
            Map.entry("{\"validFrom\":\"2026-12-01T10:00:00\"}", "validFrom"),
            Map.entry("{\"validFrom\":\"+99999-12-01T10:00:00Z\"}", "validFrom"),
            Map.entry("{\"validFrom\":7}", "validFrom"),
            Map.entry("{\"validUntil\":\"2026-11-23T12:00:00Z\"}", "validUntil"),
            Map.entry("{\"validUntil\":\"2026-11-22T12:00:00Z\"}", "validUntil"),
            Map.entry("{\"validUntil\":\"2027-05-22T12:00:00.001Z\"}", "validUntil"),
            Map.entry(
                "{\"validFrom\":\"2026-12-02T00:00:00Z\",\"validUntil\":\"2026-12-01T00:00:00Z\"}",
                "validUntil"),
            Map.entry("{\"validFrom\":\"2026-01-01T00:00:00Z\"}", "validUntil"),
            Map.entry("{\"pstnDialOutEnabled\":\"yes\"}", "pstnDialOutEnabled"),
            Map.entry("{\"participants\":{\"8:acs:a_b\":{}}}", "participants"),
            Map.entry(
                "{\"participants\":{\"8:acs:%s_%s\":{}}}"
                    .formatted(UUID.randomUUID(), UUID.randomUUID()),
                "participants"),
            Map.entry("{\"participants\":{\"4:+14255550123\":{}}}", "participants"),
            Map.entry("{\"participants\":{\"" + user(1) + "\":null}}", "participants"),
            Map.entry(
                "{\"participants\":{\"" + user(1) + "\":{\"role\":\"King\"}}}", "participants"));
    for (Map.Entry<String, String> fault : faults.entrySet()) {
      Answer answer = create(fault.getKey());
      assertEquals(400, answer.status(), fault.getKey());
      assertEquals(fault.getValue(), answer.json().at("/error/target").asText(), fault.getKey());
      assertEquals(
          answer.json().at("/error/code").asText(), answer.headers().get("x-ms-error-code"));
    }
    assertEquals(0, rooms());
  }

  @Test
  void anUpdateChangesWhatItNamesAndKeepsTheRest() throws Exception {
    String id = created("{\"validUntil\":\"2026-12-01T00:00:00Z\"}");
    Answer answer =
        patch("/rooms/" + id, "{\"pstnDialOutEnabled\":true,\"validFrom\":null,\"more\":1}");
    assertEquals(200, answer.status());
    assertTrue(answer.json().get("pstnDialOutEnabled").asBoolean());
    assertEquals("2026-12-01T00:00:00Z", answer.json().get("validUntil").asText());
    answer = patch("/rooms/" + id, "{\"validFrom\":\"2026-11-30T00:00:00Z\"}");
    assertEquals("2026-11-30T00:00:00Z", answer.json().get("validFrom").asText());
    assertTrue(answer.json().get("pstnDialOutEnabled").asBoolean());
    assertEquals(
        "400 BadRequest validUntil",
        patch("/rooms/" + id, "{\"validFrom\":\"2026-12-01T00:00:00Z\"}").error());
    assertEquals(
        "400 BadRequest validUntil",
        patch("/rooms/" + id, "{\"validUntil\":\"2027-12-01T00:00:00Z\"}").error());
    assertEquals(answer.json(), rest.call("GET", "/rooms/" + id + V, null).json());
    assertEquals(200, patch("/rooms/" + id, null).status());
  }

  @Test
  void participantsArePutAndTakenOffInOneStep() throws Exception {
    String id = created("{\"participants\":{\"" + user(1) + "\":{\"role\":\"Presenter\"}}}");
    Answer answer =
        patch(
            "/rooms/" + id + "/participants",
            """
            {"participants":{"%s":null,"%s":{"role":"Consumer"},"%s":{"role":null},"%s":null}}
            """
                .formatted(user(1), user(2), user(3), user(4)));
    assertEquals(200, answer.status());
    assertEquals("{}", answer.json().toString());
    assertEquals("2 Consumer, 3 Attendee", participants(id));
    assertEquals(200, patch("/rooms/" + id + "/participants", "{}").status());
    assertEquals(
        "400 BadRequest participants",
        patch(
                "/rooms/" + id + "/participants",
                "{\"participants\":{\"%s\":{},\"nobody\":null}}".formatted(user(9)))
            .error());
    assertEquals("2 Consumer, 3 Attendee", participants(id));
  }

  @Test
  void aRoomHas350ParticipantsAndTheyComeInPages() throws Exception {
    String full =
        IntStream.rangeClosed(1, 350)
            .mapToObj(i -> "\"" + user(i) + "\":{}")
            .collect(Collectors.joining(",", "{\"participants\":{", "}}"));
    String id = created(full);
    String one = "{\"participants\":{\"" + user(351) + "\":{}}}";
    assertEquals(
        "400 BadRequest participants", patch("/rooms/" + id + "/participants", one).error());
    assertEquals(
        200,
        patch(
                "/rooms/" + id + "/participants",
                "{\"participants\":{\"%s\":null,\"%s\":{}}}".formatted(user(1), user(351)))
            .status());
    int seen = 0;
    String target = "/rooms/" + id + "/participants" + V;
    for (int page = 0; target != null; page++) {
      JsonNode answer = rest.call("GET", target, null).json();
      assertEquals(page < 3 ? 100 : 50, answer.get("value").size());
      seen += answer.get("value").size();
      target = following(answer);
    }
    assertEquals(350, seen);
  }

  private static @Nullable String following(JsonNode page) {
    if (!page.has("nextLink")) {
      return null;
    }
    String link = page.get("nextLink").asText();
    assertTrue(link.startsWith("https://calls.example.org:8443/rooms"), link);
    assertTrue(link.contains("api-version=2025-03-13"), link);
    return link.substring("https://calls.example.org:8443".length());
  }

  @Test
  void roomsAreListedInOrderOfCreation() throws Exception {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      rest.setTime(NOW.plusMillis(i));
      made.add(created("{}"));
    }
    List<String> listed = new ArrayList<>();
    String target = "/rooms" + V;
    while (target != null) {
      JsonNode page = rest.call("GET", target, null).json();
      page.get("value").forEach(room -> listed.add(room.get("id").asText()));
      target = following(page);
    }
    assertEquals(made, listed);
    assertEquals("400 BadRequest after", rest.call("GET", "/rooms" + V + "&after=x", null).error());
  }

  @Test
  void aRoomThatIsNotThereIsNotFoundAndABadIdIsSaidToBeBad() throws Exception {
    for (String id : List.of(UNKNOWN, "x", "123", "1234567890123456x")) {
      String expected = id.equals(UNKNOWN) ? "404 NotFound" : "400 BadRequest roomId";
      assertEquals(expected, rest.call("GET", "/rooms/" + id + V, null).error());
      assertEquals(expected, patch("/rooms/" + id, "{}").error());
      assertEquals(expected, rest.call("DELETE", "/rooms/" + id + V, null).error());
      assertEquals(expected, rest.call("GET", "/rooms/" + id + "/participants" + V, null).error());
      assertEquals(expected, patch("/rooms/" + id + "/participants", "{}").error());
    }
    String gone = created("{}");
    assertEquals(204, rest.call("DELETE", "/rooms/" + gone + V, null).status());
    assertEquals("404 NotFound", rest.call("DELETE", "/rooms/" + gone + V, null).error());
    assertEquals("404 NotFound", rest.call("GET", "/rooms/" + gone + V, null).error());
  }

  @Test
  void roomsOfAnotherResourceAreNotFound() throws Exception {
    String id = created("{\"participants\":{\"" + user(1) + "\":{}}}");
    rest.database()
        .jdbi()
        .useHandle(
            sql -> {
              sql.execute(
                  "insert into resources (id, name, region, location, created_at) values (?, 'b',"
                      + " 'amer', 'x', 0)",
                  UNKNOWN);
              sql.execute("update rooms set resource_id = ?", UNKNOWN);
            });
    assertEquals("404 NotFound", rest.call("GET", "/rooms/" + id + V, null).error());
    assertEquals("404 NotFound", patch("/rooms/" + id, "{}").error());
    assertEquals("404 NotFound", patch("/rooms/" + id + "/participants", "{}").error());
    assertEquals(
        "404 NotFound", rest.call("GET", "/rooms/" + id + "/participants" + V, null).error());
    assertEquals("404 NotFound", rest.call("DELETE", "/rooms/" + id + V, null).error());
    assertEquals(0, rest.call("GET", "/rooms" + V, null).json().get("value").size());
    assertTrue(rest.controlPlane().rooms().directory().find(resource, id).isEmpty());
    assertTrue(rest.controlPlane().rooms().directory().find(UNKNOWN, id).isPresent());
  }

  @Test
  void olderVersionsKnowLess() throws Exception {
    String old = "?api-version=2023-06-14";
    Answer answer = rest.call("POST", "/rooms" + old, "{\"pstnDialOutEnabled\":true}");
    assertEquals(201, answer.status());
    assertFalse(answer.json().has("pstnDialOutEnabled"));
    String id = answer.json().get("id").asText();
    assertFalse(
        rest.call("GET", "/rooms/" + id + V, null).json().get("pstnDialOutEnabled").asBoolean());
    patch("/rooms/" + id, "{\"pstnDialOutEnabled\":true}");
    rest.call("PATCH", "/rooms/" + id + old, "{\"pstnDialOutEnabled\":false}");
    assertTrue(
        rest.call("GET", "/rooms/" + id + V, null).json().get("pstnDialOutEnabled").asBoolean());
    String collaborator = "{\"participants\":{\"" + user(1) + "\":{\"role\":\"Collaborator\"}}}";
    for (String version : List.of("2023-06-14", "2024-04-15")) {
      assertEquals(
          "400 BadRequest participants",
          rest.call("POST", "/rooms?api-version=" + version, collaborator).error());
    }
    for (String version :
        List.of(
            "2023-03-31-preview",
            "2023-10-30-preview",
            "2025-02-28-preview",
            "2025-02-28",
            "2025-03-07")) {
      assertEquals(201, rest.call("POST", "/rooms?api-version=" + version, "{}").status());
    }
    assertEquals(
        "400 UnsupportedApiVersion api-version",
        rest.call("POST", "/rooms?api-version=2022-02-01", "{}").error());
  }

  @Test
  void aRoomCanBeReadAfterItsEndAndIsRemovedLater() throws Exception {
    String id = created("{\"validUntil\":\"2026-11-24T12:00:00Z\"}");
    rest.setTime(NOW.plus(Duration.ofDays(181)));
    rest.controlPlane().rooms().removeEnded();
    assertEquals(200, rest.call("GET", "/rooms/" + id + V, null).status());
    assertEquals(200, patch("/rooms/" + id, "{\"pstnDialOutEnabled\":true}").status());
    rest.setTime(NOW.plus(Duration.ofDays(181)).plusMillis(1));
    rest.controlPlane().rooms().removeEnded();
    assertEquals("404 NotFound", rest.call("GET", "/rooms/" + id + V, null).error());
  }

  @Test
  void aMergePatchComesUnderItsOwnMediaTypeToo() throws Exception {
    String id = created("{}");
    Map<String, String> headers =
        rest.signed("PATCH", "/rooms/" + id + V, "{\"pstnDialOutEnabled\":true}", rest.key());
    headers.put("Content-Type", "application/merge-patch+json");
    Answer answer =
        rest.send(
            "PATCH", "/rooms/" + id + V, "{\"pstnDialOutEnabled\":true}", headers, "127.0.0.1");
    assertEquals(200, answer.status());
    assertTrue(answer.json().get("pstnDialOutEnabled").asBoolean());
  }
}
