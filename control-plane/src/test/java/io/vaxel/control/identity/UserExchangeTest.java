package io.vaxel.control.identity;

import static io.vaxel.control.testing.RestHarness.VERSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import io.vaxel.common.testing.FakeIssuer;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.common.token.UserToken;
import io.vaxel.control.ResourceSettings;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
class UserExchangeTest {
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
  private static final String TENANT = "aaaaaaaa-0000-4000-8000-000000000001";
  private static final String USER = "bbbbbbbb-0000-4000-8000-000000000002";
  private static final String APP = "cccccccc-0000-4000-8000-000000000003";
  private static final String ENTRA = "/access/entra/:exchangeAccessToken" + VERSION;
  private static final String EXTENSION = "/access/teamsExtension/:exchangeAccessToken" + VERSION;
  private static final String TEAMS = "/teamsUser/:exchangeAccessToken" + VERSION;
  private static final String ASSIGNMENT =
      "/access/teamsExtension/tenants/" + TENANT + "/assignments/" + USER + VERSION;

  private final TestStorage storage;
  @TempDir private Path folder;
  private FakeIssuer issuer;
  private RestHarness rest;

  // The rest is made before each test.
  @SuppressWarnings("NullAway.Init")
  UserExchangeTest(TestStorage storage) {
    this.storage = storage;
  }

  @BeforeEach
  void start() throws Exception {
    issuer = new FakeIssuer();
    rest =
        new RestHarness(
            storage, folder, false, new ResourceSettings("", 64, 600, List.of(issuer.settings())));
  }

  @AfterEach
  void stop() {
    rest.close();
    issuer.close();
  }

  private JWTClaimsSet.Builder user() {
    return issuer
        .claims(START)
        .audience("api://users")
        .claim("oid", USER)
        .claim("tid", TENANT)
        .claim("azp", APP);
  }

  private static String teamsBody(String token, String app, String user) {
    return "{\"token\":\"" + token + "\",\"appId\":\"" + app + "\",\"userId\":\"" + user + "\"}";
  }

  private UserToken authenticated(Answer answer, String pointer) throws Exception {
    assertEquals(200, answer.status(), answer::toString);
    return rest.controlPlane()
        .identity()
        .tokenAuthenticator()
        .authenticate(answer.json().at(pointer).asText());
  }

  @Test
  void anEntraUserGetsTheSameUserEachTime() throws Exception {
    String token = issuer.sign(user().build());
    Answer first = rest.withBearer("POST", ENTRA, "{}", token);
    String id = first.json().at("/identity/id").asText();
    assertEquals(id, authenticated(first, "/accessToken/token").userId());
    assertEquals("2026-11-23T13:00:00Z", first.json().at("/accessToken/expiresOn").asText());
    assertEquals(
        id, rest.withBearer("POST", ENTRA, null, token).json().at("/identity/id").asText());
    String other = issuer.sign(user().claim("oid", APP).build());
    assertNotEquals(
        id, rest.withBearer("POST", ENTRA, "{}", other).json().at("/identity/id").asText());
    String otherTenant = issuer.sign(user().claim("tid", APP).build());
    assertNotEquals(
        id, rest.withBearer("POST", ENTRA, "{}", otherTenant).json().at("/identity/id").asText());
  }

  @Test
  void aTeamsUserIsTheSameUserToo() throws Exception {
    String token = issuer.sign(user().build());
    Answer exchanged = rest.call("POST", TEAMS, teamsBody(token, APP, USER));
    assertEquals(
        rest.withBearer("POST", ENTRA, "{}", token).json().at("/identity/id").asText(),
        authenticated(exchanged, "/token").userId());
  }

  @Test
  void theTokenMustBeTheOneOfThatUserAndApplication() throws Exception {
    String token = issuer.sign(user().build());
    String service = issuer.sign(user().audience("api://vaxel").build());
    for (String body :
        List.of(
            teamsBody(token, USER, USER),
            teamsBody(token, APP, APP),
            teamsBody("nonsense", APP, USER),
            teamsBody(service, APP, USER))) {
      assertEquals("401 InvalidAccessToken", rest.call("POST", TEAMS, body).error());
    }
    for (String bearer : List.of("nonsense", service)) {
      assertEquals("401 InvalidAccessToken", rest.withBearer("POST", ENTRA, "{}", bearer).error());
      assertEquals(
          "401 InvalidAccessToken", rest.withBearer("POST", EXTENSION, "{}", bearer).error());
    }
    assertEquals("401 InvalidAccessToken", rest.call("POST", ENTRA, "{}").error());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 400 ValidationError appId",
        "{\"token\":\"\",\"appId\":\"a\",\"userId\":\"u\"} | 400 ValidationError token",
        "{\"token\":\"t\",\"appId\":\"a\"} | 400 ValidationError userId",
        "{\"token\":1} | 400 ValidationError token"
      })
  void badBodiesAreRefusedByName(String body, String error) throws Exception {
    assertEquals(error, rest.call("POST", TEAMS, body).error());
  }

  @Test
  void theTeamsExtensionIsForThoseWhoAreAssigned() throws Exception {
    String token = issuer.sign(user().build());
    assertEquals("403 Forbidden", rest.withBearer("POST", EXTENSION, "{}", token).error());
    assertEquals("404 NotFound", rest.call("GET", ASSIGNMENT, null).error());
    Answer made =
        rest.call(
            "PUT", ASSIGNMENT, "{\"principalType\":\"user\",\"clientIds\":[\"" + USER + "\"]}");
    assertEquals(201, made.status());
    assertEquals("403 Forbidden", rest.withBearer("POST", EXTENSION, "{}", token).error());
    Answer replaced =
        rest.call(
            "PUT", ASSIGNMENT, "{\"principalType\":\"user\",\"clientIds\":[\"" + APP + "\"]}");
    assertEquals(200, replaced.status());
    assertEquals(replaced.json(), rest.call("GET", ASSIGNMENT, null).json());
    assertEquals(USER, replaced.json().get("objectId").asText());
    assertEquals(TENANT, replaced.json().get("tenantId").asText());
    authenticated(rest.withBearer("POST", EXTENSION, "{}", token), "/accessToken/token");
    assertEquals(204, rest.call("DELETE", ASSIGNMENT, null).status());
    assertEquals(204, rest.call("DELETE", ASSIGNMENT, null).status());
    assertEquals("403 Forbidden", rest.withBearer("POST", EXTENSION, "{}", token).error());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 400 ValidationError principalType",
        "{\"principalType\":\"group\"} | 400 ValidationError principalType",
        "{\"principalType\":\"user\",\"clientIds\":[\"x\"]} | 400 ValidationError clientIds[0]",
        "{\"principalType\":\"user\",\"clientIds\":[null]} | 400 ValidationError clientIds[0]",
        "{\"principalType\":\"user\",\"clientIds\":\"x\"} | 400 ValidationError clientIds"
      })
  void badAssignmentsAreRefusedByName(String body, String error) throws Exception {
    assertEquals(error, rest.call("PUT", ASSIGNMENT, body).error());
    assertEquals(404, rest.call("GET", ASSIGNMENT, null).status());
    assertEquals(
        "400 ValidationError tenantId",
        rest.call("GET", ASSIGNMENT.replace(TENANT, "x"), null).error());
  }

  @Test
  void withoutAnIssuerForUsersEveryTokenIsInvalid() throws Exception {
    String token = issuer.sign(user().build());
    rest.close();
    rest = new RestHarness(storage, folder, false);
    assertEquals(
        "401 InvalidAccessToken", rest.call("POST", TEAMS, teamsBody(token, APP, USER)).error());
    Answer entra = rest.withBearer("POST", ENTRA, "{}", token);
    assertEquals("401 InvalidAccessToken", entra.error());
    assertTrue(entra.json().at("/error/message").asText().contains("issuer"));
  }
}
