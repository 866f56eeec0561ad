package io.vaxel.control.identity;

import static io.vaxel.control.testing.RestHarness.VERSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.common.testing.TestStorage;
import io.vaxel.common.token.InvalidTokenException;
import io.vaxel.common.token.TokenScope;
import io.vaxel.common.token.UserToken;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(TestStorage.class)
class IdentityResourceTest {
  private static final String WITH_TOKEN =
      "{\"createTokenWithScopes\":[\"voip\",\"chat\"],\"expiresInMinutes\":60}";

  @TempDir private static Path folder;
  private static RestHarness rest;

  IdentityResourceTest(TestStorage storage) {}

  @BeforeParameterizedClassInvocation
  static void start(TestStorage storage) {
    rest = new RestHarness(storage, folder, false);
  }

  @BeforeEach
  void resetTime() {
    rest.setTime(Instant.parse("2026-11-23T12:00:00Z"));
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    rest.close();
  }

  private static int users() {
    return rest.database()
        .jdbi()
        .withHandle(sql -> sql.createQuery("select count(*) from users").mapTo(int.class).one());
  }

  private String createUser() throws Exception {
    return rest.call("POST", "/identities" + VERSION, "{}").json().at("/identity/id").asText();
  }

  private String issue(String id) throws Exception {
    return rest.call(
            "POST", "/identities/" + id + "/:issueAccessToken" + VERSION, "{\"scopes\":[\"voip\"]}")
        .json()
        .get("token")
        .asText();
  }

  private String refusal(String token) {
    return String.valueOf(
        assertThrows(
                InvalidTokenException.class,
                () -> rest.controlPlane().identity().tokenAuthenticator().authenticate(token))
            .getMessage());
  }

  @Test
  void anEmptyBodyMakesAUser() throws Exception {
    for (String body : new String[] {null, "", "{}", "null"}) {
      Answer answer = rest.call("POST", "/identities" + VERSION, body);
      assertEquals(201, answer.status());
      assertTrue(answer.json().at("/identity/id").asText().startsWith("8:acs:"));
      assertNull(answer.json().get("accessToken"));
    }
  }

  @Test
  void aUserComesWithATokenWhenScopesAreNamed() throws Exception {
    Answer answer = rest.call("POST", "/identities" + VERSION, WITH_TOKEN);
    assertEquals(201, answer.status());
    assertEquals("2026-11-23T13:00:00Z", answer.json().at("/accessToken/expiresOn").asText());
    UserToken token =
        rest.controlPlane()
            .identity()
            .tokenAuthenticator()
            .authenticate(answer.json().at("/accessToken/token").asText());
    assertEquals(answer.json().at("/identity/id").asText(), token.userId());
    assertEquals(EnumSet.of(TokenScope.VOIP, TokenScope.CHAT), token.scopes());
  }

  @Test
  void anExternalIdNamesOneUser() throws Exception {
    String target = "/identities?api-version=2025-04-01-preview";
    Answer made = rest.call("POST", target, "{\"externalId\":\"ada\"}");
    assertEquals(201, made.status());
    Answer again =
        rest.call("POST", target, "{\"externalId\":\"ada\",\"createTokenWithScopes\":[\"chat\"]}");
    assertEquals(200, again.status());
    assertEquals(made.json().get("identity"), again.json().get("identity"));
    assertTrue(again.json().has("accessToken"));
    String id = made.json().at("/identity/id").asText();
    Answer shown = rest.call("GET", "/identities/" + id + "?api-version=2025-03-02-preview", null);
    assertEquals(
        "{\"id\":\""
            + id
            + "\",\"externalId\":\"ada\",\"lastTokenIssuedAt\":\"2026-11-23T12:00:00Z\"}",
        shown.json().toString());
    rest.call("DELETE", "/identities/" + id + VERSION, null);
    assertEquals(
        "401 IdentityNotOwned", rest.call("GET", "/identities/" + id + VERSION, null).error());
    Answer anew = rest.call("POST", target, "{\"externalId\":\"ada\"}");
    assertEquals(201, anew.status());
    assertNotEquals(made.json(), anew.json());
    assertEquals(
        "400 ValidationError externalId",
        rest.call("POST", target, "{\"externalId\":\"\"}").error());
  }

  @Test
  void aTokenLivesADayWhenNothingElseIsSaid() throws Exception {
    Answer answer =
        rest.call(
            "POST",
            "/identities/" + createUser() + "/:issueAccessToken" + VERSION,
            "{\"scopes\":[\"chat\"]}");
    assertEquals(200, answer.status());
    assertEquals("2026-11-24T12:00:00Z", answer.json().get("expiresOn").asText());
  }

  @Test
  void encodedAndRawColonsNameTheSameUser() throws Exception {
    String encoded = createUser().replace(":", "%3A");
    assertEquals(
        200,
        rest.call(
                "POST",
                "/identities/" + encoded + "/:issueAccessToken" + VERSION,
                "{\"scopes\":[\"chat\"]}")
            .status());
  }

  @Test
  void revokedTokensAreVoidAtOnceAndNewOnesHoldInTheSameSecond() throws Exception {
    String user = createUser();
    String other = createUser();
    String before = issue(user);
    String untouched = issue(other);
    Answer answer =
        rest.call("POST", "/identities/" + user + "/:revokeAccessTokens" + VERSION, null);
    assertEquals(204, answer.status());
    assertEquals("The token was revoked.", refusal(before));
    String after = issue(user);
    assertEquals(
        user, rest.controlPlane().identity().tokenAuthenticator().authenticate(after).userId());
    assertEquals(
        other,
        rest.controlPlane().identity().tokenAuthenticator().authenticate(untouched).userId());
  }

  @Test
  void aDeletedUserHasNoTokensAndGetsNone() throws Exception {
    String user = createUser();
    String before = issue(user);
    assertEquals(204, rest.call("DELETE", "/identities/" + user + VERSION, null).status());
    assertEquals("The user was deleted.", refusal(before));
    assertEquals(
        "401 IdentityNotOwned",
        rest.call(
                "POST",
                "/identities/" + user + "/:issueAccessToken" + VERSION,
                "{\"scopes\":[\"chat\"]}")
            .error());
    assertEquals(204, rest.call("DELETE", "/identities/" + user + VERSION, null).status());
  }

  @Test
  void usersOfOthersAreNotOwned() throws Exception {
    String foreign = "8:acs:" + UUID.randomUUID() + "_" + UUID.randomUUID();
    for (String id : new String[] {foreign, "8:acs:a_b", "4:+14255550123", "x"}) {
      assertEquals(
          "401 IdentityNotOwned",
          rest.call(
                  "POST",
                  "/identities/" + id + "/:issueAccessToken" + VERSION,
                  "{\"scopes\":[\"chat\"]}")
              .error());
      assertEquals(
          "401 IdentityNotOwned",
          rest.call("POST", "/identities/" + id + "/:revokeAccessTokens" + VERSION, null).error());
      assertEquals(
          "401 IdentityNotOwned", rest.call("DELETE", "/identities/" + id + VERSION, null).error());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"scopes\":[]} | 400 ValidationError scopes",
        "{} | 400 ValidationError scopes",
        "{\"scopes\":null} | 400 ValidationError scopes",
        "{\"scopes\":[\"video\"]} | 400 ValidationError scopes",
        "{\"scopes\":[null]} | 400 ValidationError scopes",
        "{\"scopes\":\"chat\"} | 400 ValidationError scopes",
        "{\"scopes\":[1]} | 400 ValidationError scopes[0]",
        "{\"scopes\":[\"chat\"],\"expiresInMinutes\":59} | 400 ValidationError expiresInMinutes",
        "{\"scopes\":[\"chat\"],\"expiresInMinutes\":1441} | 400 ValidationError expiresInMinutes",
        "{\"scopes\":[\"chat\"],\"expiresInMinutes\":-1} | 400 ValidationError expiresInMinutes",
        "{\"scopes\":[\"chat\"],\"expiresInMinutes\":\"60\"} | 400 ValidationError expiresInMinutes",
        "{\"scopes\":[\"chat\"],\"expiresInMinutes\":60.5} | 400 ValidationError expiresInMinutes",
        "{\"scopes\":[\"chat\"],\"expiresInMinutes\":99999999999} | 400 ValidationError expiresInMinutes",
        "{\"scopes\":[\"chat\"] | 400 BadRequest",
        "{\"scopes\":[\"chat\"]} x | 400 BadRequest",
        "[] | 400 BadRequest",
        "\"chat\" | 400 BadRequest",
        "7 | 400 BadRequest",
        "nonsense | 400 BadRequest"
      })
  void badBodiesAreRefusedByName(String body, String error) throws Exception {
    String user = createUser();
    assertEquals(
        error,
        rest.call("POST", "/identities/" + user + "/:issueAccessToken" + VERSION, body).error());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"createTokenWithScopes\":[\"video\"]} | 400 ValidationError createTokenWithScopes",
        "{\"createTokenWithScopes\":[\"chat\"],\"expiresInMinutes\":1} | 400 ValidationError expiresInMinutes",
        "{\"expiresInMinutes\":true} | 400 ValidationError expiresInMinutes"
      })
  void aRefusedCreationMakesNoUser(String body, String error) throws Exception {
    int before = users();
    assertEquals(error, rest.call("POST", "/identities" + VERSION, body).error());
    assertEquals(before, users());
  }

  @Test
  void deepJsonIsRefused() throws Exception {
    String deep = "{\"scopes\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    Answer answer =
        rest.call("POST", "/identities/" + createUser() + "/:issueAccessToken" + VERSION, deep);
    assertEquals(400, answer.status());
  }

  @Test
  void aBodyOverTheLimitIsRefused() throws Exception {
    Answer answer = rest.call("POST", "/identities" + VERSION, " ".repeat((1 << 20) + 1));
    assertEquals("413 RequestBodyTooLarge", answer.error());
  }

  @Test
  void theVersionMustBeNamedAndKnown() throws Exception {
    assertEquals(
        "400 ApiVersionUnspecified api-version", rest.call("POST", "/identities", "{}").error());
    Answer unknown = rest.call("POST", "/identities?api-version=1999-01-01", "{}");
    assertEquals("400 UnsupportedApiVersion api-version", unknown.error());
    assertTrue(
        String.valueOf(unknown.headers().get("api-supported-versions")).contains("2022-10-01"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2021-03-07",
        "2022-06-01",
        "2022-10-01",
        "2023-10-01",
        "2025-06-30",
        "2026-09-23"
      })
  void everyVersionThatSdksSendIsSpoken(String version) throws Exception {
    Answer answer = rest.call("POST", "/identities?api-version=" + version, "{}");
    assertEquals(201, answer.status());
    assertTrue(String.valueOf(answer.headers().get("api-supported-versions")).contains(version));
  }

  @Test
  void aWrongKeyIsDenied() throws Exception {
    String target = "/identities" + VERSION;
    String wrong = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    Answer answer =
        rest.send("POST", target, "{}", rest.signed("POST", target, "{}", wrong), "127.0.0.1");
    assertEquals("401 Denied", answer.error());
    assertEquals("HMAC-SHA256", answer.headers().get("WWW-Authenticate"));
  }

  @Test
  void bothKeysOpenTheResource() throws Exception {
    String secondary =
        rest.database()
            .jdbi()
            .withHandle(
                sql ->
                    sql.createQuery("select secret from resource_keys where slot = 'secondary'")
                        .mapTo(String.class)
                        .one());
    assertNotEquals(rest.key(), secondary);
    String target = "/identities" + VERSION;
    Map<String, String> headers = rest.signed("POST", target, "{}", secondary);
    assertEquals(201, rest.send("POST", target, "{}", headers, "127.0.0.1").status());
  }

  @Test
  void anotherBodyThanTheSignedOneIsDenied() throws Exception {
    String target = "/identities" + VERSION;
    Map<String, String> headers = rest.signed("POST", target, "{}", rest.key());
    assertEquals("401 Denied", rest.send("POST", target, WITH_TOKEN, headers, "127.0.0.1").error());
  }

  @Test
  void anOldSignatureIsDenied() throws Exception {
    String target = "/identities" + VERSION;
    Map<String, String> headers = rest.signed("POST", target, "{}", rest.key());
    rest.setTime(Instant.parse("2026-11-23T12:15:01Z"));
    assertEquals("401 Denied", rest.send("POST", target, "{}", headers, "127.0.0.1").error());
  }

  @Test
  void anUnsignedRequestIsDeniedOnEveryOperation() throws Exception {
    for (String[] operation :
        new String[][] {
          {"POST", "/identities"},
          {"DELETE", "/identities/8:acs:a_b"},
          {"POST", "/identities/8:acs:a_b/:issueAccessToken"},
          {"POST", "/identities/8:acs:a_b/:revokeAccessTokens"}
        }) {
      assertEquals(
          "401 Denied",
          rest.send(operation[0], operation[1] + VERSION, null, Map.of(), "127.0.0.1").error());
    }
  }

  @Test
  void whatIsNoOperationIsSaidInJson() throws Exception {
    assertEquals("404 NotFound", rest.call("GET", "/nowhere" + VERSION, null).error());
    Answer wrongMethod = rest.call("PATCH", "/identities" + VERSION, null);
    assertEquals("405 MethodNotAllowed", wrongMethod.error());
    assertTrue(String.valueOf(wrongMethod.headers().get("Allow")).contains("POST"));
    Map<String, String> xml = rest.signed("POST", "/identities" + VERSION, "<a/>", rest.key());
    xml.put("Content-Type", "application/xml");
    assertEquals(
        "415 UnsupportedMediaType",
        rest.send("POST", "/identities" + VERSION, "<a/>", xml, "127.0.0.1").error());
    Map<String, String> accept = rest.signed("POST", "/identities" + VERSION, "{}", rest.key());
    accept.put("Accept", "text/html");
    assertEquals(
        "406 NotAcceptable",
        rest.send("POST", "/identities" + VERSION, "{}", accept, "127.0.0.1").error());
  }

  @Test
  void developmentTokensExistInDevelopmentOnly() throws Exception {
    assertEquals(
        "404 NotFound",
        rest.send("POST", "/development/token", null, Map.of(), "127.0.0.1").error());
  }

  @Test
  void connectionStringsHaveTheOneFormThatSdksParse() {
    assertTrue(
        rest.controlPlane()
            .connectionString()
            .matches("endpoint=https://calls\\.example\\.org:8443/;accesskey=[A-Za-z0-9+/]{86}=="));
  }

  @Test
  void theCommandLineIssuesTokensToo() throws Exception {
    String user = rest.controlPlane().identity().createUser();
    String token =
        rest.controlPlane()
            .identity()
            .issueToken(user, EnumSet.of(TokenScope.VOIP), Duration.ofHours(1))
            .token();
    assertEquals(
        user, rest.controlPlane().identity().tokenAuthenticator().authenticate(token).userId());
    assertThrows(
        IdentityNotOwnedException.class,
        () ->
            rest.controlPlane()
                .identity()
                .issueToken("8:acs:x_y", EnumSet.of(TokenScope.VOIP), Duration.ofHours(1)));
    assertFalse(user.isEmpty());
  }
}
