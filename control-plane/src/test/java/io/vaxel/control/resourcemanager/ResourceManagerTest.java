package io.vaxel.control.resourcemanager;

import static io.vaxel.control.testing.RestHarness.ARM_VERSION;
import static io.vaxel.control.testing.RestHarness.VERSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.common.token.InvalidTokenException;
import io.vaxel.control.ResourceSettings;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStorage.class)
class ResourceManagerTest {
  private static final String SUBSCRIPTION = "/subscriptions/11111111-2222-3333-4444-555555555555";
  private static final String GROUP =
      SUBSCRIPTION
          + "/resourceGroups/Shops/providers/Microsoft.Communication/communicationServices";
  private static final String MINIMAL =
      "{\"location\":\"global\",\"properties\":{\"dataLocation\":\"Europe\"}}";

  private final TestStorage storage;
  @TempDir private Path folder;
  private RestHarness rest;

  // The harness is made before each test.
  @SuppressWarnings("NullAway.Init")
  ResourceManagerTest(TestStorage storage) {
    this.storage = storage;
  }

  @BeforeEach
  void start() {
    rest = new RestHarness(storage, folder, false, new ResourceSettings("", 4, 600, List.of()));
  }

  @AfterEach
  void stop() {
    rest.close();
  }

  private Answer ask(String method, String path, @Nullable String body) throws Exception {
    return rest.asOperator(method, path + ARM_VERSION, body);
  }

  private Answer create(String name) throws Exception {
    Answer created = ask("PUT", GROUP + "/" + name, MINIMAL);
    assertEquals(201, created.status());
    return created;
  }

  private String key(String name, String which) throws Exception {
    return ask("POST", GROUP + "/" + name + "/listKeys", null).json().get(which).asText();
  }

  private static String pathOf(@Nullable String link) {
    return String.valueOf(link).replaceFirst("https://calls\\.example\\.org:8443", "");
  }

  private int users() {
    return rest.database()
        .jdbi()
        .withHandle(sql -> sql.createQuery("select count(*) from users").mapTo(int.class).one());
  }

  @Test
  void aNewResourceIsShownAsArmShowsIt() throws Exception {
    Answer created =
        ask(
            "PUT",
            GROUP + "/Shop-1",
            "{\"location\":\"Global\",\"tags\":{\"team\":\"a\"},"
                + "\"identity\":{\"type\":\"SystemAssigned\"},"
                + "\"properties\":{\"dataLocation\":\"United Kingdom\",\"linkedDomains\":[\"/d\"],"
                + "\"publicNetworkAccess\":\"Disabled\",\"disableLocalAuth\":false,\"hostName\":\"x\"}}");
    assertEquals(201, created.status());
    JsonNode body = created.json();
    assertEquals(
        SUBSCRIPTION
            + "/resourceGroups/Shops/providers/Microsoft.Communication/CommunicationServices/Shop-1",
        body.get("id").asText());
    assertEquals("Microsoft.Communication/CommunicationServices", body.get("type").asText());
    assertEquals("global", body.get("location").asText());
    assertEquals("a", body.at("/tags/team").asText());
    assertEquals("SystemAssigned", body.at("/identity/type").asText());
    assertEquals("Succeeded", body.at("/properties/provisioningState").asText());
    assertEquals("calls.example.org:8443", body.at("/properties/hostName").asText());
    assertEquals("United Kingdom", body.at("/properties/dataLocation").asText());
    assertEquals("Disabled", body.at("/properties/publicNetworkAccess").asText());
    assertEquals("/d", body.at("/properties/linkedDomains/0").asText());
    assertEquals("operator", body.at("/systemData/createdBy").asText());
    assertEquals("Key", body.at("/systemData/createdByType").asText());
    assertEquals("2026-11-23T12:00:00Z", body.at("/systemData/createdAt").asText());
    assertEquals(4, UUID.fromString(body.at("/properties/immutableResourceId").asText()).version());
    assertEquals("\"1\"", created.headers().get("ETag"));
    assertEquals(body, ask("GET", GROUP + "/Shop-1", null).json());
  }

  @Test
  void creatingGivesAnOperationThatIsDone() throws Exception {
    Answer created = create("shop");
    assertEquals("1", created.headers().get("Retry-After"));
    String link = pathOf(created.headers().get("Azure-AsyncOperation"));
    assertTrue(link.startsWith(SUBSCRIPTION + "/providers/Microsoft.Communication/locations/"));
    Answer status = rest.asOperator("GET", link, null);
    assertEquals("Succeeded", status.json().get("status").asText());
    String other = link.replace("11111111", "99999999");
    assertEquals("404 OperationNotFound", rest.asOperator("GET", other, null).error());
  }

  @Test
  void theWordsOfPathsAndNamesHaveNoCase() throws Exception {
    create("Shop");
    String shouted =
        "/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/resourcegroups/SHOPS"
            + "/Providers/microsoft.COMMUNICATION/CommunicationServices/sHOP";
    assertEquals("Shop", ask("GET", shouted, null).json().get("name").asText());
    assertEquals(200, ask("PUT", shouted, MINIMAL).status());
    assertEquals(200, ask("POST", shouted + "/LISTKEYS", null).status());
    assertEquals(
        "409 NameNotAvailable communicationServiceName",
        ask("PUT", GROUP.replace("Shops", "Other") + "/SHOP", MINIMAL).error());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 400 ValidationError location",
        "{\"location\":\"westeurope\",\"properties\":{\"dataLocation\":\"Europe\"}} | 400 LocationNotAvailableForResourceType location",
        "{\"location\":\"global\"} | 400 ValidationError properties.dataLocation",
        "{\"location\":\"global\",\"properties\":{\"dataLocation\":\"<x>\"}} | 400 InvalidDataLocation properties.dataLocation",
        "{\"location\":\"global\",\"properties\":{\"dataLocation\":\"Europe\",\"publicNetworkAccess\":\"Maybe\"}} | 400 ValidationError properties.publicNetworkAccess",
        "{\"location\":\"global\",\"properties\":{\"dataLocation\":\"Europe\",\"disableLocalAuth\":\"yes\"}} | 400 ValidationError properties.disableLocalAuth",
        "{\"location\":\"global\",\"identity\":{},\"properties\":{\"dataLocation\":\"Europe\"}} | 400 ValidationError identity.type",
        "{\"location\":\"global\",\"tags\":{\"a\":null},\"properties\":{\"dataLocation\":\"Europe\"}} | 400 ValidationError tags",
        "{\"location\":\"global\",\"tags\":[],\"properties\":{\"dataLocation\":\"Europe\"}} | 400 ValidationError tags",
        "nonsense | 400 BadRequest"
      })
  void badBodiesAreRefusedByName(String body, String error) throws Exception {
    assertEquals(error, ask("PUT", GROUP + "/shop", body).error());
    assertEquals(404, ask("GET", GROUP + "/shop", null).status());
  }

  @Test
  void badNamesAndPlacesAreRefused() throws Exception {
    for (String name : List.of("-a", "a-", "a_b", "a.b", "x".repeat(64), "%C3%A4")) {
      assertEquals(
          "400 InvalidResourceName communicationServiceName",
          ask("PUT", GROUP + "/" + name, MINIMAL).error());
    }
    assertEquals(
        "400 InvalidSubscriptionId subscriptionId",
        ask("PUT", GROUP.replace("11111111", "1") + "/shop", MINIMAL).error());
    assertEquals(
        "400 InvalidResourceGroup resourceGroupName",
        ask("PUT", GROUP.replace("Shops", "Shops.") + "/shop", MINIMAL).error());
    assertEquals(
        "404 NotFound",
        ask("GET", GROUP.replace("communicationServices", "emailServices"), null).error());
  }

  @Test
  void puttingAgainReplacesSettingsButNotWhereDataIs() throws Exception {
    String id = create("shop").json().at("/properties/immutableResourceId").asText();
    rest.setTime(Instant.parse("2026-11-23T12:30:00Z"));
    Answer again =
        ask(
            "PUT",
            GROUP + "/shop",
            "{\"location\":\"global\",\"tags\":{\"b\":\"2\"},\"properties\":{\"dataLocation\":\"europe\"}}");
    assertEquals(200, again.status());
    assertNull(again.headers().get("Azure-AsyncOperation"));
    assertEquals(id, again.json().at("/properties/immutableResourceId").asText());
    assertEquals("2026-11-23T12:30:00Z", again.json().at("/systemData/lastModifiedAt").asText());
    assertEquals("2026-11-23T12:00:00Z", again.json().at("/systemData/createdAt").asText());
    assertEquals(
        "409 PropertyChangeNotAllowed properties.dataLocation",
        ask("PUT", GROUP + "/shop", MINIMAL.replace("Europe", "Japan")).error());
  }

  @Test
  void aPatchChangesWhatItNamesAndNullRemoves() throws Exception {
    ask(
        "PUT",
        GROUP + "/shop",
        "{\"location\":\"global\",\"tags\":{\"a\":\"1\",\"b\":\"2\"},\"identity\":{\"type\":\"SystemAssigned\"},"
            + "\"properties\":{\"dataLocation\":\"Europe\",\"linkedDomains\":[\"/d\"]}}");
    JsonNode patched =
        ask(
                "PATCH",
                GROUP + "/shop",
                "{\"tags\":{\"a\":null,\"c\":\"3\"},\"properties\":{\"publicNetworkAccess\":\"SecuredByPerimeter\"}}")
            .json();
    assertEquals("{\"b\":\"2\",\"c\":\"3\"}", sorted(patched.get("tags")));
    assertEquals("/d", patched.at("/properties/linkedDomains/0").asText());
    assertEquals("SecuredByPerimeter", patched.at("/properties/publicNetworkAccess").asText());
    assertEquals("SystemAssigned", patched.at("/identity/type").asText());
    assertTrue(
        ask("PATCH", GROUP + "/shop", "{\"identity\":null}")
            .json()
            .path("identity")
            .isMissingNode());
    assertEquals(200, ask("PATCH", GROUP + "/shop", null).status());
    assertEquals(
        "400 ValidationError properties.linkedDomains",
        ask("PATCH", GROUP + "/shop", "{\"properties\":{\"linkedDomains\":\"x\"}}").error());
    assertEquals(
        "400 ValidationError properties.publicNetworkAccess",
        ask("PATCH", GROUP + "/shop", "{\"properties\":{\"publicNetworkAccess\":\"x\"}}").error());
    assertEquals("400", ask("PATCH", GROUP + "/shop", "[]").error().substring(0, 3));
    assertEquals("404 ResourceNotFound", ask("PATCH", GROUP + "/none", "{}").error());
  }

  private static String sorted(JsonNode tags) {
    return "{\"b\":" + tags.get("b") + ",\"c\":" + tags.get("c") + "}";
  }

  @Test
  void entityTagsGuardChanges() throws Exception {
    create("shop");
    Map<String, String> headers =
        RestHarness.bearer(
            rest.controlPlane().operatorTokens().issue(Duration.ofHours(1)).token(), "{}");
    headers.put("If-Match", "\"1\"");
    String target = GROUP + "/shop" + ARM_VERSION;
    assertEquals(200, rest.send("PATCH", target, "{}", headers, "127.0.0.1").status());
    assertEquals(
        "412 PreconditionFailed", rest.send("PATCH", target, "{}", headers, "127.0.0.1").error());
    assertEquals(
        "412 PreconditionFailed", rest.send("DELETE", target, null, headers, "127.0.0.1").error());
    headers.remove("If-Match");
    headers.put("If-None-Match", "*");
    assertEquals(
        "412 PreconditionFailed", rest.send("PUT", target, MINIMAL, headers, "127.0.0.1").error());
  }

  @Test
  void listsArePagedByName() throws Exception {
    rest.close();
    rest = new RestHarness(storage, folder, false, new ResourceSettings("", 200, 600, List.of()));
    for (int i = 0; i < 101; i++) {
      create("shop-" + (100 + i));
    }
    ask("PUT", GROUP.replace("Shops", "other") + "/else", MINIMAL);
    Answer first = ask("GET", GROUP, null);
    assertEquals(100, first.json().get("value").size());
    String next = first.json().get("nextLink").asText();
    assertTrue(next.startsWith("https://calls.example.org:8443/subscriptions/"), next);
    Answer second = rest.asOperator("GET", pathOf(next), null);
    assertEquals("shop-200", second.json().at("/value/0/name").asText());
    assertEquals(1, second.json().get("value").size());
    assertFalse(second.json().has("nextLink"));
    String bySubscription =
        SUBSCRIPTION + "/providers/Microsoft.Communication/communicationServices";
    assertEquals("else", ask("GET", bySubscription, null).json().at("/value/0/name").asText());
    assertEquals(
        0,
        ask("GET", bySubscription.replace("11111111", "00000000"), null)
            .json()
            .get("value")
            .size());
    assertEquals(
        "400 InvalidSkipToken $skiptoken",
        rest.asOperator("GET", GROUP + ARM_VERSION + "&$skiptoken=%27", null).error());
  }

  @Test
  void keysOpenTheResourceAtOnceAndStopAtOnceWhenReplaced() throws Exception {
    create("shop");
    JsonNode keys = ask("POST", GROUP + "/shop/listKeys", null).json();
    String primary = keys.get("primaryKey").asText();
    assertEquals(
        "endpoint=https://calls.example.org:8443/;accesskey=" + primary,
        keys.get("primaryConnectionString").asText());
    String secondary = keys.get("secondaryKey").asText();
    for (String key : List.of(primary, secondary)) {
      assertEquals(201, rest.callWith(key, "POST", "/identities" + VERSION, null).status());
    }
    JsonNode replaced =
        ask("POST", GROUP + "/shop/regenerateKey", "{\"keyType\":\"Primary\"}").json();
    assertNotEquals(primary, replaced.get("primaryKey").asText());
    assertEquals(secondary, replaced.get("secondaryKey").asText());
    assertEquals(
        "401 Denied", rest.callWith(primary, "POST", "/identities" + VERSION, null).error());
    assertEquals(201, rest.callWith(secondary, "POST", "/identities" + VERSION, null).status());
    assertEquals(
        "400 ValidationError keyType",
        ask("POST", GROUP + "/shop/regenerateKey", "{\"keyType\":\"Third\"}").error());
    assertEquals(
        "400 ValidationError keyType", ask("POST", GROUP + "/shop/regenerateKey", null).error());
    assertEquals("404 ResourceNotFound", ask("POST", GROUP + "/none/listKeys", null).error());
  }

  @Test
  void userTokensEndWhenBothKeysWereReplaced() throws Exception {
    create("shop");
    String key = key("shop", "primaryKey");
    String before = token(key);
    ask("POST", GROUP + "/shop/regenerateKey", "{\"keyType\":\"Primary\"}");
    rest.controlPlane().identity().tokenAuthenticator().authenticate(before);
    String between = token(key("shop", "primaryKey"));
    ask("POST", GROUP + "/shop/regenerateKey", "{\"keyType\":\"Secondary\"}");
    assertThrows(
        InvalidTokenException.class,
        () -> rest.controlPlane().identity().tokenAuthenticator().authenticate(before));
    rest.controlPlane().identity().tokenAuthenticator().authenticate(between);
  }

  private String token(String key) throws Exception {
    return rest.callWith(
            key, "POST", "/identities" + VERSION, "{\"createTokenWithScopes\":[\"voip\"]}")
        .json()
        .at("/accessToken/token")
        .asText();
  }

  @Test
  void aDeletedResourceIsDeadAtOnceAndGoneWithEverythingInIt() throws Exception {
    create("shop");
    String key = key("shop", "primaryKey");
    String token = token(key);
    for (int i = 0; i < 30; i++) {
      rest.callWith(key, "POST", "/identities" + VERSION, null);
    }
    Answer deleted = ask("DELETE", GROUP + "/shop", null);
    assertEquals(202, deleted.status());
    assertEquals("401 Denied", rest.callWith(key, "POST", "/identities" + VERSION, null).error());
    assertThrows(
        InvalidTokenException.class,
        () -> rest.controlPlane().identity().tokenAuthenticator().authenticate(token));
    assertEquals(
        "Deleting",
        ask("GET", GROUP + "/shop", null).json().at("/properties/provisioningState").asText());
    assertEquals("409 ResourceDeletionInProgress", ask("PATCH", GROUP + "/shop", "{}").error());
    assertEquals(
        "409 ResourceDeletionInProgress", ask("POST", GROUP + "/shop/listKeys", null).error());
    String status = pathOf(deleted.headers().get("Azure-AsyncOperation"));
    String result = pathOf(deleted.headers().get("Location"));
    assertEquals("Running", rest.asOperator("GET", status, null).json().get("status").asText());
    assertEquals(202, rest.asOperator("GET", result, null).status());

    rest.controlPlane().runBackgroundWork();

    assertEquals("Succeeded", rest.asOperator("GET", status, null).json().get("status").asText());
    assertEquals(204, rest.asOperator("GET", result, null).status());
    assertEquals("404 ResourceNotFound", ask("GET", GROUP + "/shop", null).error());
    assertEquals(0, users());
    assertEquals(204, ask("DELETE", GROUP + "/shop", null).status());
    assertNotEquals(key, key(create("shop").json().get("name").asText(), "primaryKey"));
  }

  @Test
  void aDeletionOfManyUsersGoesOnBatchByBatchAndAfterAStop() throws Exception {
    create("shop");
    String id =
        ask("GET", GROUP + "/shop", null).json().at("/properties/immutableResourceId").asText();
    rest.database()
        .jdbi()
        .useHandle(
            sql -> {
              var batch =
                  sql.prepareBatch(
                      "insert into users (id, resource_id, token_generation, created_at)"
                          + " values (:id, :resource, 0, 0)");
              for (int i = 0; i < 1_200; i++) {
                batch
                    .bind("id", "8:acs:" + id + "_" + UUID.randomUUID())
                    .bind("resource", id)
                    .add();
              }
              batch.execute();
            });
    assertEquals(202, ask("DELETE", GROUP + "/shop", null).status());
    // As if the process had been killed: nothing of the chain of operations is left.
    rest.database().jdbi().useHandle(sql -> sql.execute("delete from operations"));
    rest.close();
    start();
    rest.controlPlane().resumeWork();
    for (int i = 0; i < 5; i++) {
      rest.controlPlane().runBackgroundWork();
    }
    assertEquals(0, users());
    assertEquals("404 ResourceNotFound", ask("GET", GROUP + "/shop", null).error());
  }

  @Test
  void theDefaultResourceStays() throws Exception {
    String path =
        "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/default"
            + "/providers/Microsoft.Communication/communicationServices/default";
    assertEquals(200, ask("GET", path, null).status());
    assertEquals("409 ResourceCannotBeDeleted", ask("DELETE", path, null).error());
  }

  @Test
  void oneResourceMoreThanTheHostMayHaveIsRefused() throws Exception {
    for (int i = 0; i < 3; i++) {
      create("shop-" + i);
    }
    assertEquals("409 ResourceQuotaExceeded", ask("PUT", GROUP + "/shop-3", MINIMAL).error());
    assertEquals(404, ask("GET", GROUP + "/shop-3", null).status());
    ask("DELETE", GROUP + "/shop-0", null);
    rest.controlPlane().runBackgroundWork();
    create("shop-3");
  }

  @Test
  void oneOfManyThatAskForANameAtOnceGetsIt() throws Exception {
    int callers = 8;
    CountDownLatch together = new CountDownLatch(callers);
    List<Future<Answer>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        String path = GROUP.replace("Shops", "group-" + i) + "/shop";
        answers.add(
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return ask("PUT", path, MINIMAL);
                }));
      }
    }
    int created = 0;
    for (Future<Answer> answer : answers) {
      if (answer.get().status() == 201) {
        created++;
      } else {
        assertEquals("409 NameNotAvailable communicationServiceName", answer.get().error());
      }
    }
    assertEquals(1, created);
    int counted =
        rest.database()
            .jdbi()
            .withHandle(
                sql ->
                    sql.createQuery("select resources from resource_count").mapTo(int.class).one());
    assertEquals(2, counted);
  }

  @Test
  void namesAreCheckedForBeingFree() throws Exception {
    create("shop");
    String path = SUBSCRIPTION + "/providers/Microsoft.Communication/checkNameAvailability";
    String type = "\",\"type\":\"Microsoft.Communication/communicationServices\"}";
    JsonNode taken = ask("POST", path, "{\"name\":\"SHOP" + type).json();
    assertFalse(taken.get("nameAvailable").asBoolean());
    assertEquals("AlreadyExists", taken.get("reason").asText());
    JsonNode invalid = ask("POST", path, "{\"name\":\"-" + type).json();
    assertEquals("Invalid", invalid.get("reason").asText());
    assertTrue(
        ask("POST", path, "{\"name\":\"free" + type).json().get("nameAvailable").asBoolean());
    assertEquals("400 ValidationError name", ask("POST", path, "{}").error());
    assertEquals("400 ValidationError type", ask("POST", path, "{\"name\":\"a\"}").error());
  }

  @Test
  void aNotificationHubIsRememberedWithoutItsSecret() throws Exception {
    create("shop");
    String path = GROUP + "/shop/linkNotificationHub";
    assertEquals(
        "/hub",
        ask("POST", path, "{\"resourceId\":\"/hub\",\"connectionString\":\"hush\"}")
            .json()
            .get("resourceId")
            .asText());
    assertEquals(
        "/hub",
        ask("GET", GROUP + "/shop", null).json().at("/properties/notificationHubId").asText());
    assertEquals("400 ValidationError resourceId", ask("POST", path, null).error());
    assertEquals(
        "400 ValidationError connectionString",
        ask("POST", path, "{\"resourceId\":\"x\"}").error());
  }

  @Test
  void theProviderTellsItsOperations() throws Exception {
    JsonNode operations =
        ask("GET", "/providers/Microsoft.Communication/operations", null).json().get("value");
    assertEquals(8, operations.size());
    assertTrue(operations.get(0).at("/display/provider").asText().contains("Communication"));
  }

  @Test
  void eventsTellOfResourcesToSubscribersOfTheDefaultOne() throws Exception {
    String subscription = "/admin/resources/default/eventSubscriptions/all";
    Answer made =
        rest.asOperator("PUT", subscription, "{\"endpointUrl\":\"https://events.example.org/\"}");
    assertTrue(made.status() < 300, made::toString);
    create("shop");
    ask("PATCH", GROUP + "/shop", "{}");
    ask("DELETE", GROUP + "/shop", null);
    rest.controlPlane().runOperations();
    List<String> types =
        rest.database()
            .jdbi()
            .withHandle(
                sql ->
                    sql.createQuery(
                            "select event_type || ' ' || subject from event_deliveries"
                                + " order by event_type desc")
                        .mapTo(String.class)
                        .list());
    String subject =
        SUBSCRIPTION
            + "/resourceGroups/Shops/providers/Microsoft.Communication/CommunicationServices/shop";
    assertEquals(
        List.of(
            "Microsoft.Resources.ResourceWriteSuccess " + subject,
            "Microsoft.Resources.ResourceWriteSuccess " + subject,
            "Microsoft.Resources.ResourceDeleteSuccess " + subject),
        types);
  }

  @Test
  void onlyOperatorsGetIn() throws Exception {
    for (String target : List.of(GROUP, GROUP + "/default/listKeys", "/admin/resources")) {
      String method = target.endsWith("listKeys") ? "POST" : "GET";
      Answer nobody = rest.send(method, target + ARM_VERSION, null, Map.of(), "127.0.0.1");
      assertEquals("401 AuthenticationFailed", nobody.error());
      assertEquals("Bearer", nobody.headers().get("WWW-Authenticate"));
      assertEquals(
          "401 AuthenticationFailed", rest.call(method, target + ARM_VERSION, null).error());
      String user = token(rest.key());
      assertEquals(
          "401 AuthenticationFailed",
          rest.withBearer(method, target + ARM_VERSION, null, user).error());
    }
  }
}
