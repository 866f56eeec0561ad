package io.vaxel.control;

import static io.vaxel.control.testing.RestHarness.ARM_VERSION;
import static io.vaxel.control.testing.RestHarness.VERSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.SignedJWT;
import io.vaxel.common.testing.FakeIssuer;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which credential opens which resource, on a host that is shared and on hosts of their own. */
class CredentialTest {
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
  private static final String IDENTITIES = "/identities" + VERSION;
  private static final String SHOP =
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/default"
          + "/providers/Microsoft.Communication/communicationServices/shop";
  private static final String WRONG = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @TempDir private Path folder;

  private RestHarness started(ResourceSettings settings) {
    return new RestHarness(TestStorage.SQLITE, folder, false, settings);
  }

  private static String resourceOf(Answer created) {
    assertEquals(201, created.status(), created::toString);
    return created.json().at("/identity/id").asText().substring(6, 42);
  }

  @Test
  void theKeyTellsTheResource() throws Exception {
    try (RestHarness rest = started(ResourceSettings.defaults())) {
      String key = rest.createResource("shop");
      String shop = resourceOf(rest.callWith(key, "POST", IDENTITIES, null));
      String first = resourceOf(rest.call("POST", IDENTITIES, null));
      assertNotEquals(shop, first);
      // Whose key was right last decides nothing.
      assertEquals(shop, resourceOf(rest.callWith(key, "POST", IDENTITIES, null)));
    }
  }

  @Test
  void keysDoNotOpenAResourceThatDisablesThem() throws Exception {
    try (FakeIssuer issuer = new FakeIssuer();
        RestHarness rest = started(new ResourceSettings("", 64, 600, List.of(issuer.settings())))) {
      String path = SHOP.replace("/shop", "/default") + ARM_VERSION;
      rest.asOperator("PATCH", path, "{\"properties\":{\"disableLocalAuth\":true}}");
      Answer refused = rest.call("POST", IDENTITIES, null);
      assertEquals("401 Denied", refused.error());
      assertTrue(refused.json().at("/error/message").asText().contains("disableLocalAuth"));
      String bearer = issuer.sign(issuer.claims(START).claim("roles", List.of("Data")).build());
      assertEquals(201, rest.withBearer("POST", IDENTITIES, null, bearer).status());
      rest.asOperator("PATCH", path, "{\"properties\":{\"disableLocalAuth\":false}}");
      assertEquals(201, rest.call("POST", IDENTITIES, null).status());
    }
  }

  @Test
  void aBearerNeedsTheRole() throws Exception {
    try (FakeIssuer issuer = new FakeIssuer();
        RestHarness rest = started(new ResourceSettings("", 64, 600, List.of(issuer.settings())))) {
      String data = issuer.sign(issuer.claims(START).claim("roles", List.of("Data")).build());
      String operator =
          issuer.sign(issuer.claims(START).claim("roles", List.of("Operator")).build());
      assertEquals(201, rest.withBearer("POST", IDENTITIES, null, data).status());
      assertEquals("403 Forbidden", rest.withBearer("POST", IDENTITIES, null, operator).error());
      String admin = "/admin/resources";
      assertEquals(200, rest.withBearer("GET", admin, null, operator).status());
      assertEquals("403 AuthorizationFailed", rest.withBearer("GET", admin, null, data).error());
      Answer created =
          rest.withBearer(
              "PUT",
              SHOP + ARM_VERSION,
              "{\"location\":\"global\",\"properties\":{\"dataLocation\":\"Europe\"}}",
              operator);
      assertEquals("subject-1", created.json().at("/systemData/createdBy").asText());
      assertEquals("User", created.json().at("/systemData/createdByType").asText());
      Answer expired =
          rest.withBearer(
              "POST",
              IDENTITIES,
              null,
              issuer.sign(issuer.claims(START.minusSeconds(9000)).build()));
      assertEquals("401 Unauthorized", expired.error());
      assertTrue(String.valueOf(expired.headers().get("WWW-Authenticate")).startsWith("Bearer"));
      // An operator token is for operators alone, a user token for users alone.
      assertEquals("403 Forbidden", rest.asOperator("POST", IDENTITIES, null).error());
      issuer.setBroken(true);
    }
  }

  @Test
  void anIssuerThatIsDownIsToldApartFromABadToken() throws Exception {
    try (FakeIssuer issuer = new FakeIssuer();
        RestHarness rest = started(new ResourceSettings("", 64, 600, List.of(issuer.settings())))) {
      issuer.setBroken(true);
      String data = issuer.sign(issuer.claims(START).claim("roles", List.of("Data")).build());
      Answer answer = rest.withBearer("POST", IDENTITIES, null, data);
      assertEquals("503 ServiceUnavailable", answer.error());
      assertEquals("5", answer.headers().get("Retry-After"));
      assertEquals(
          "503 ServiceUnavailable", rest.withBearer("GET", "/admin/resources", null, data).error());
    }
  }

  @Test
  void whoFailsTooOftenWaitsUnlessTheKeyWasRightBefore() throws Exception {
    try (RestHarness rest = started(new ResourceSettings("", 64, 5, List.of()))) {
      String key = rest.createResource("shop");
      assertEquals(201, rest.callWith(key, "POST", IDENTITIES, null).status());
      for (int i = 0; i < 5; i++) {
        assertEquals("401 Denied", rest.callWith(WRONG, "POST", IDENTITIES, null).error());
      }
      Answer limited = rest.callWith(WRONG, "POST", IDENTITIES, null);
      assertEquals("429 TooManyRequests", limited.error());
      assertEquals("60", limited.headers().get("Retry-After"));
      assertEquals(201, rest.callWith(key, "POST", IDENTITIES, null).status());
      Map<String, String> elsewhere = rest.signed("POST", IDENTITIES, null, WRONG);
      assertEquals(
          "401 Denied", rest.send("POST", IDENTITIES, null, elsewhere, "192.0.2.1").error());
      rest.setTime(START.plusSeconds(13));
      assertEquals("401 Denied", rest.callWith(WRONG, "POST", IDENTITIES, null).error());
      assertEquals("429 TooManyRequests", rest.callWith(WRONG, "POST", IDENTITIES, null).error());
    }
  }

  @Test
  void withADomainEachResourceHasAHostOfItsOwn() throws Exception {
    try (FakeIssuer issuer = new FakeIssuer();
        RestHarness rest =
            started(new ResourceSettings("acs.example.org", 1, 600, List.of(issuer.settings())))) {
      String key = rest.createResource("Shop");
      Answer keys = rest.asOperator("POST", SHOP + "/listKeys" + ARM_VERSION, null);
      assertEquals(
          "endpoint=https://shop.acs.example.org:8443/;accesskey=" + key,
          keys.json().get("primaryConnectionString").asText());
      Map<String, String> signed =
          rest.signed("POST", IDENTITIES, null, key, "shop.acs.example.org");
      String shop = resourceOf(rest.send("POST", IDENTITIES, null, signed, "127.0.0.1"));
      assertEquals(
          "shop.acs.example.org:8443",
          rest.asOperator("GET", SHOP + ARM_VERSION, null)
              .json()
              .at("/properties/hostName")
              .asText());

      // Only its keys open it there, and they open nothing else.
      Map<String, String> other =
          rest.signed("POST", IDENTITIES, null, rest.key(), "shop.acs.example.org");
      assertEquals("401 Denied", rest.send("POST", IDENTITIES, null, other, "127.0.0.1").error());
      assertEquals("401 Denied", rest.callWith(key, "POST", IDENTITIES, null).error());
      Map<String, String> nobody =
          rest.signed("POST", IDENTITIES, null, key, "none.acs.example.org");
      assertEquals("401 Denied", rest.send("POST", IDENTITIES, null, nobody, "127.0.0.1").error());
      assertEquals(201, rest.call("POST", IDENTITIES, null).status());

      // A bearer opens the host's, whatever resource the issuer is configured for.
      String bearer = issuer.sign(issuer.claims(START).claim("roles", List.of("Data")).build());
      Map<String, String> headers = RestHarness.bearer(bearer, null);
      headers.put("Host", "SHOP.acs.example.org:8443");
      assertEquals(shop, resourceOf(rest.send("POST", IDENTITIES, null, headers, "127.0.0.1")));

      String body = "{\"createTokenWithScopes\":[\"voip\"]}";
      Map<String, String> withToken =
          rest.signed("POST", IDENTITIES, body, key, "shop.acs.example.org");
      String token =
          rest.send("POST", IDENTITIES, body, withToken, "127.0.0.1")
              .json()
              .at("/accessToken/token")
              .asText();
      assertEquals(
          "https://shop.acs.example.org:8443/",
          SignedJWT.parse(token).getJWTClaimsSet().getIssuer());
    }
  }
}
