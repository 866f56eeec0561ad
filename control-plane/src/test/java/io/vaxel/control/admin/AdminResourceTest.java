package io.vaxel.control.admin;

import static io.vaxel.control.testing.RestHarness.VERSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vaxel.common.token.InvalidTokenException;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// The harness is made before each test.
@SuppressWarnings("NullAway.Init")
class AdminResourceTest {
  private static final String USERS = "/admin/resources/SHOP/users";

  @TempDir private Path folder;
  private RestHarness rest;
  private String key;

  @BeforeEach
  void start() throws Exception {
    rest = new RestHarness(folder, false);
    key = rest.createResource("shop");
  }

  @AfterEach
  void stop() {
    rest.close();
  }

  private JsonNode createUser() throws Exception {
    return rest.callWith(
            key, "POST", "/identities" + VERSION, "{\"createTokenWithScopes\":[\"voip\"]}")
        .json();
  }

  @Test
  void resourcesAreListedWithoutTheirKeys() throws Exception {
    Answer page = rest.asOperator("GET", "/admin/resources?top=1", null);
    assertEquals("default", page.json().at("/value/0/name").asText());
    String next = page.json().get("nextLink").asText();
    assertEquals("https://calls.example.org:8443/admin/resources?top=1&after=default", next);
    JsonNode second = rest.asOperator("GET", next.substring(next.indexOf("/admin")), null).json();
    assertEquals("shop", second.at("/value/0/name").asText());
    assertFalse(second.has("nextLink"));
    JsonNode shop = rest.asOperator("GET", "/admin/resources/Shop", null).json();
    assertEquals(second.at("/value/0"), shop);
    assertEquals("https://calls.example.org:8443/", shop.get("endpoint").asText());
    assertFalse(shop.toString().contains(key));
    assertEquals(
        "404 ResourceNotFound name", rest.asOperator("GET", "/admin/resources/none", null).error());
    assertEquals(400, rest.asOperator("GET", "/admin/resources?top=0", null).status());
  }

  @Test
  void usersAreListedPageByPage() throws Exception {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      made.add(createUser().at("/identity/id").asText());
    }
    rest.call("POST", "/identities" + VERSION, null);
    Set<String> seen = new HashSet<>();
    String target = USERS + "?top=2";
    while (true) {
      JsonNode page = rest.asOperator("GET", target, null).json();
      page.get("value").forEach(user -> seen.add(user.get("id").asText()));
      if (!page.has("nextLink")) {
        break;
      }
      target = page.get("nextLink").asText().replaceFirst("https://[^/]*", "");
    }
    assertEquals(made, seen);
  }

  @Test
  void aUserIsShownRevokedAndDeleted() throws Exception {
    JsonNode created = createUser();
    String path = USERS + "/" + created.at("/identity/id").asText();
    String token = created.at("/accessToken/token").asText();
    JsonNode shown = rest.asOperator("GET", path, null).json();
    assertEquals("2026-11-23T12:00:00Z", shown.get("lastTokenAt").asText());
    assertEquals(204, rest.asOperator("POST", path + "/:revoke", null).status());
    assertThrows(
        InvalidTokenException.class,
        () -> rest.controlPlane().identity().tokenAuthenticator().authenticate(token));
    assertEquals(204, rest.asOperator("DELETE", path, null).status());
    for (String method : new String[] {"GET", "DELETE"}) {
      assertEquals("404 UserNotFound id", rest.asOperator(method, path, null).error());
    }
    assertEquals("404 UserNotFound id", rest.asOperator("POST", path + "/:revoke", null).error());
    assertTrue(
        rest.asOperator("GET", USERS.replace("SHOP", "none"), null).error().startsWith("404"));
  }
}
