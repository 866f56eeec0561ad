package io.vaxel.control.phonenumbers.siprouting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStorage.class)
class SipRoutingResourceTest {
  private static final String STABLE = "/sip?api-version=2023-03-01";
  private static final String PREVIEW = "/sip?api-version=2024-11-15-preview";
  private static final String TEST =
      "/sip:testRoutesWithNumber?api-version=2024-11-15-preview&targetPhoneNumber=";
  private static final String TRUNK =
      "{\"trunks\":{\"sbc.example.com\":{\"sipSignalingPort\":5061}}}";
  private static final String ROUTE =
      "{\"name\":\"a\",\"numberPattern\":\"^\\\\+1\",\"trunks\":[\"sbc.example.com\"]}";

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

  private Answer patch(String target, String body) throws Exception {
    return rest.call("PATCH", target, body);
  }

  private JsonNode get(String target) throws Exception {
    return rest.call("GET", target, null).json();
  }

  private static String inner(Answer answer) {
    assertEquals("UnprocessableConfiguration", answer.json().at("/error/code").asText());
    assertEquals("UnprocessableConfiguration", answer.headers().get("x-ms-error-code"));
    return answer.status() + " " + answer.json().at("/error/innererror/code").asText();
  }

  @Test
  void aResourceBeginsWithNothing() throws Exception {
    assertEquals("{\"trunks\":{},\"routes\":[]}", get(STABLE).toString());
    assertEquals("{\"domains\":{},\"trunks\":{},\"routes\":[]}", get(PREVIEW).toString());
  }

  @Test
  void trunksAreMergedAndRoutesReplaced() throws Exception {
    patch(STABLE, TRUNK);
    patch(
        STABLE,
        "{\"trunks\":{\"b.example.com\":{\"sipSignalingPort\":5062}},\"routes\":[" + ROUTE + "]}");
    Answer changed =
        patch(
            STABLE,
            "{\"trunks\":{\"b.example.com\":null,\"sbc.example.com\":{\"sipSignalingPort\":1}}}");
    assertEquals(200, changed.status());
    assertEquals(
        "{\"trunks\":{\"sbc.example.com\":{\"sipSignalingPort\":1}},\"routes\":[" + ROUTE + "]}",
        changed.json().toString());
    assertEquals(changed.json(), get(STABLE));
    assertEquals(
        "{\"trunks\":{},\"routes\":[]}",
        patch(STABLE, "{\"trunks\":null,\"routes\":null}").json().toString());
  }

  @Test
  void previewVersionsHaveMore() throws Exception {
    patch(PREVIEW, "{\"domains\":{\"example.com\":{\"enabled\":true}}}");
    Answer answer =
        patch(
            PREVIEW,
            "{\"trunks\":{\"sbc.example.com\":{\"sipSignalingPort\":5061,\"enabled\":false,"
                + "\"privacyHeader\":\"ID\",\"ipAddressVersion\":\"IPv6\","
                + "\"stepOutOfSignaling\":true}}}");
    JsonNode trunk = answer.json().at("/trunks/sbc.example.com");
    assertFalse(trunk.get("enabled").asBoolean());
    assertEquals("ID", trunk.get("privacyHeader").asText());
    assertFalse(trunk.has("health"));
    // A stable version changes what it knows and keeps the rest.
    patch(STABLE, "{\"trunks\":{\"sbc.example.com\":{\"sipSignalingPort\":7}}}");
    assertFalse(get(STABLE).at("/trunks/sbc.example.com").has("enabled"));
    trunk = get(PREVIEW + "&expand=trunks/health").at("/trunks/sbc.example.com");
    assertEquals(7, trunk.get("sipSignalingPort").asInt());
    assertTrue(trunk.get("stepOutOfSignaling").asBoolean());
    assertEquals("unknown", trunk.at("/health/overall/status").asText());
    assertEquals(
        "400 DomainUsedByTrunk", inner(patch(PREVIEW, "{\"domains\":{\"example.com\":null}}")));
  }

  @Test
  void healthComesFromWhoKnowsIt() throws Exception {
    patch(STABLE, TRUNK);
    rest.controlPlane()
        .sipRouting()
        .healthFrom(
            (resourceId, fqdn) ->
                new TrunkHealth(
                    new TrunkHealth.Status("ok"),
                    new TrunkHealth.Status("expired"),
                    new TrunkHealth.Overall("inactive", "noRecentPings")));
    assertEquals(
        "{\"tls\":{\"status\":\"ok\"},\"ping\":{\"status\":\"expired\"},"
            + "\"overall\":{\"status\":\"inactive\",\"reason\":\"noRecentPings\"}}",
        get(PREVIEW + "&expand=trunks/health").at("/trunks/sbc.example.com/health").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | EmptyPatch",
        "{\"trunks\":{}} | EmptyPatch",
        "{\"trunks\":{},\"domains\":{}} | EmptyPatch",
        "{\"trunks\":[]} | InvalidConfiguration",
        "{\"trunks\":{\"b.example.com\":1}} | InvalidTrunk",
        "{\"trunks\":{\"b.example.com\":{}}} | InvalidTrunkSipSignalingPort",
        "{\"trunks\":{\"b.example.com\":{\"sipSignalingPort\":0}}} | InvalidTrunkSipSignalingPort",
        "{\"trunks\":{\"b.example.com\":{\"sipSignalingPort\":65536}}} | InvalidTrunkSipSignalingPort",
        "{\"trunks\":{\"b.example.com\":{\"sipSignalingPort\":\"5061\"}}} | InvalidTrunkSipSignalingPort",
        "{\"trunks\":{\"b.example.com\":{\"sipSignalingPort\":null}}} | InvalidTrunkSipSignalingPort",
        "{\"trunks\":{\"192.0.2.1\":{\"sipSignalingPort\":1}}} | InvalidTrunkFqdn",
        "{\"trunks\":{\"host\":{\"sipSignalingPort\":1}}} | InvalidTrunkFqdn",
        "{\"trunks\":{\"-a.example.com\":{\"sipSignalingPort\":1}}} | InvalidTrunkFqdn",
        "{\"trunks\":{\"SBC.example.com\":{\"sipSignalingPort\":1}}} | DuplicatedTrunk",
        "{\"trunks\":{\"sbc.example.com\":null}} | TrunkUsedInRoute",
        "{\"trunks\":null} | TrunkUsedInRoute",
        "{\"routes\":{}} | InvalidConfiguration",
        "{\"routes\":[1]} | InvalidRoute",
        "{\"routes\":[{\"numberPattern\":\"1\"}]} | InvalidRouteName",
        "{\"routes\":[{\"name\":7,\"numberPattern\":\"1\"}]} | InvalidRouteName",
        "{\"routes\":[{\"name\":\"a\"}]} | InvalidRouteNumberPattern",
        "{\"routes\":[{\"name\":\"a\",\"numberPattern\":\"(\"}]} | InvalidRouteNumberPattern",
        "{\"routes\":[{\"name\":\"a\",\"numberPattern\":\"(?=1)\"}]} | InvalidRouteNumberPattern",
        "{\"routes\":[{\"name\":\"a\",\"numberPattern\":\"1\",\"description\":1}]} | InvalidRouteDescription",
        "{\"routes\":[{\"name\":\"a\",\"numberPattern\":\"1\"},{\"name\":\"a\",\"numberPattern\":\"1\"}]} | DuplicatedRoute",
        "{\"routes\":[{\"name\":\"a\",\"numberPattern\":\"1\",\"trunks\":\"x\"}]} | InvalidRouteTrunks",
        "{\"routes\":[{\"name\":\"a\",\"numberPattern\":\"1\",\"trunks\":[\"x.example.com\"]}]} | RouteWithUnknownTrunk"
      })
  void whatIsNotValidIsRefusedAndChangesNothing(String body, String inner) throws Exception {
    patch(STABLE, TRUNK);
    patch(STABLE, "{\"routes\":[" + ROUTE + "]}");
    JsonNode before = get(STABLE);
    assertEquals("400 " + inner, inner(patch(STABLE, body)));
    assertEquals(before, get(STABLE));
  }

  @Test
  void limitsAreThoseOfTheService() throws Exception {
    StringBuilder trunks = new StringBuilder("{\"trunks\":{");
    for (int i = 0; i <= 250; i++) {
      trunks.append(i == 0 ? "" : ",").append("\"s").append(i);
      trunks.append(".example.com\":{\"sipSignalingPort\":5061}");
    }
    assertEquals("400 TooManyTrunks", inner(patch(STABLE, trunks + "}}")));
    String without =
        trunks.toString().replace(",\"s250.example.com\":{\"sipSignalingPort\":5061}", "");
    assertEquals(200, patch(STABLE, without + "}}").status());
    String route =
        "{\"routes\":[{\"name\":\"%s\",\"numberPattern\":\"%s\",\"description\":\"%s\"}]}";
    assertEquals(
        "400 InvalidRouteName", inner(patch(STABLE, route.formatted("n".repeat(257), "1", ""))));
    assertEquals(
        "400 InvalidRouteNumberPattern",
        inner(patch(STABLE, route.formatted("n", "1".repeat(1025), ""))));
    assertEquals(
        "400 InvalidRouteDescription",
        inner(patch(STABLE, route.formatted("n", "1", "d".repeat(1025)))));
    assertEquals(
        200,
        patch(STABLE, route.formatted("n".repeat(256), "1".repeat(1024), "d".repeat(1024)))
            .status());
  }

  @Test
  void versionsOf2022AnswerAsTheyDid() throws Exception {
    assertEquals("422 EmptyPatch", inner(patch("/sip?api-version=2022-09-01-preview", "{}")));
  }

  @Test
  void aBodyThatIsNoObjectIsRefused() throws Exception {
    for (String body : new String[] {"[]", "1", "\"x\"", "{", "nonsense"}) {
      assertEquals("400 BadRequest", patch(STABLE, body).error(), body);
    }
    assertEquals(
        "400 ValidationError expand", rest.call("GET", PREVIEW + "&expand=x", null).error());
  }

  @Test
  void routesAreTriedInOrder() throws Exception {
    String body =
        "{\"trunks\":{\"sbc.example.com\":{\"sipSignalingPort\":5061}},\"routes\":["
            + "{\"name\":\"us\",\"numberPattern\":\"^\\\\+1\",\"trunks\":[\"sbc.example.com\"]},"
            + "{\"name\":\"gb\",\"numberPattern\":\"^\\\\+44\"},"
            + "{\"name\":\"any\",\"numberPattern\":\"5\"}]}";
    assertEquals(List.of("us", "any"), matching("%2B14255550123", body));
    assertEquals(List.of("gb"), matching("+442079460018", body));
    assertEquals(
        "400 ValidationError targetPhoneNumber", rest.call("POST", TEST + "x", body).error());
    assertEquals(
        "400 RouteWithUnknownTrunk",
        inner(rest.call("POST", TEST + "%2B14255550123", "{\"routes\":[" + ROUTE + "]}")));
    assertEquals("{\"trunks\":{},\"routes\":[]}", get(STABLE).toString(), "nothing is stored");
  }

  private List<String> matching(String number, String body) throws Exception {
    List<String> names = new ArrayList<>();
    rest.call("POST", TEST + number, body)
        .json()
        .get("matchingRoutes")
        .forEach(route -> names.add(route.get("name").asText()));
    return names;
  }

  @Test
  void patternsThatWouldRunForeverRunAtOnceOrAreRefused() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String pattern :
              new String[] {"^(([0-9])+)+x$", "(a|a?)+$", "(((((\\\\d+)+)+)+)+)+x"}) {
            String body = "{\"routes\":[{\"name\":\"a\",\"numberPattern\":\"" + pattern + "\"}]}";
            assertEquals(200, rest.call("POST", TEST + "%2B14255550123", body).status(), pattern);
          }
          for (String pattern :
              new String[] {
                "((((1{100}){100}){100}){100}){100}",
                "(1{1000}){1000}",
                "((((((1{9}){9}){9}){9}){9}){9}){9}"
              }) {
            String body = "{\"routes\":[{\"name\":\"a\",\"numberPattern\":\"" + pattern + "\"}]}";
            assertEquals(
                "400 InvalidRouteNumberPattern",
                inner(rest.call("POST", TEST + "%2B14255550123", body)),
                pattern);
          }
        });
  }

  @Test
  void changesAtOnceLoseNothing() throws Exception {
    int threads = 6;
    List<Callable<Answer>> tasks = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String body = "{\"trunks\":{\"s" + i + ".example.com\":{\"sipSignalingPort\":5061}}}";
      tasks.add(() -> patch(STABLE, body));
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (Future<Answer> future : executor.invokeAll(tasks)) {
        assertEquals(200, future.get().status());
      }
    }
    assertEquals(threads, get(STABLE).get("trunks").size());
  }

  @Test
  void listenersHearOfEveryChangeAndAtFirstOfAll() throws Exception {
    patch(STABLE, TRUNK);
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    List<UUID> resources = Collections.synchronizedList(new ArrayList<>());
    SipRoutingListener listener =
        (resourceId, configuration, version) -> {
          resources.add(resourceId);
          heard.add(version + " " + configuration.trunks().keySet());
        };
    rest.controlPlane().sipRouting().addListener(listener);
    patch(STABLE, "{\"trunks\":{\"b.example.com\":{\"sipSignalingPort\":5061}}}");
    patch(STABLE, "{\"trunks\":{\"b.example.com\":{\"sipSignalingPort\":0}}}");
    assertEquals(List.of("1 [sbc.example.com]", "2 [sbc.example.com, b.example.com]"), heard);
    assertEquals(
        2, rest.controlPlane().sipRouting().configurationOf(resources.getFirst()).trunks().size());
  }
}
