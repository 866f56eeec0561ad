package io.vaxel.control.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * A room against a plain model, whatever is put, taken off and moved in whatever order: what the
 * model refuses is refused and changes nothing, and what is listed is what the model holds.
 */
class RoomsProperties {
  private static final String V = "?api-version=2025-03-13";
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final List<String> ROLES =
      List.of("Presenter", "Attendee", "Consumer", "Collaborator");

  // Set before all tries.
  @SuppressWarnings("NullAway.Init")
  private static RestHarness rest;

  private static String resource = "";

  @BeforeContainer
  static void start() throws Exception {
    Path folder = Files.createTempDirectory("rooms");
    rest = new RestHarness(folder, false);
    resource =
        rest.database()
            .jdbi()
            .withHandle(
                sql -> sql.createQuery("select id from resources").mapTo(String.class).one());
  }

  @AfterContainer
  static void stop() {
    rest.close();
  }

  /**
   * One request.
   *
   * @param roles user to role; empty takes the user off; only for participants
   * @param fromDays moves the beginning so many days from now, when not null
   */
  record Step(boolean participants, Map<Integer, String> roles, int fromDays, int untilDays) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Map<Integer, String>> roles =
        Arbitraries.maps(
                Arbitraries.integers().between(0, 5),
                Arbitraries.of("Presenter", "Attendee", "Consumer", "Collaborator", ""))
            .ofMaxSize(6);
    Arbitrary<Step> step =
        Combinators.combine(
                Arbitraries.of(true, true, false),
                roles,
                Arbitraries.integers().between(-100, 300),
                Arbitraries.integers().between(-100, 300))
            .as(Step::new);
    return step.list().ofMaxSize(12);
  }

  private static String user(int number) {
    return "8:acs:" + resource + "_" + new UUID(0, number);
  }

  @Property(tries = 60)
  void aRoomIsWhatItsModelIs(@ForAll("steps") List<Step> steps) throws Exception {
    String path = "/rooms/" + rest.call("POST", "/rooms" + V, "{}").json().get("id").asText();
    TreeMap<String, String> invited = new TreeMap<>();
    Instant from = NOW;
    Instant until = NOW.plus(Duration.ofDays(180));
    for (Step step : steps) {
      if (step.participants()) {
        assertEquals(200, patch(path + "/participants", participants(step)).status());
        step.roles()
            .forEach(
                (number, role) -> {
                  if (role.isEmpty()) {
                    invited.remove(user(number));
                  } else {
                    invited.put(user(number), role);
                  }
                });
      } else {
        Instant newFrom = NOW.plus(Duration.ofDays(step.fromDays()));
        Instant newUntil = NOW.plus(Duration.ofDays(step.untilDays()));
        boolean possible =
            newUntil.isAfter(newFrom)
                && newUntil.isAfter(NOW)
                && Duration.between(newFrom, newUntil).toDays() <= 180;
        Answer answer =
            patch(
                path, "{\"validFrom\":\"%s\",\"validUntil\":\"%s\"}".formatted(newFrom, newUntil));
        assertEquals(possible ? 200 : 400, answer.status());
        if (possible) {
          from = newFrom;
          until = newUntil;
        }
      }
      JsonNode room = rest.call("GET", path + V, null).json();
      assertEquals(from, Instant.parse(room.get("validFrom").asText()));
      assertEquals(until, Instant.parse(room.get("validUntil").asText()));
      assertEquals(invited, listed(path));
    }
  }

  private static Answer patch(String path, String body) throws Exception {
    return rest.call("PATCH", path + V, body);
  }

  private static String participants(Step step) {
    return step.roles().entrySet().stream()
        .map(
            entry ->
                "\"%s\":%s"
                    .formatted(
                        user(entry.getKey()),
                        ROLES.contains(entry.getValue())
                            ? "{\"role\":\"" + entry.getValue() + "\"}"
                            : "null"))
        .collect(Collectors.joining(",", "{\"participants\":{", "}}"));
  }

  private static Map<String, String> listed(String path) throws Exception {
    Map<String, String> listed = new TreeMap<>();
    for (JsonNode one : rest.call("GET", path + "/participants" + V, null).json().get("value")) {
      listed.put(one.get("rawId").asText(), one.get("role").asText());
    }
    return listed;
  }
}
