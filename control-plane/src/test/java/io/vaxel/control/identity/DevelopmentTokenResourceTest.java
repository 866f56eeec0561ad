package io.vaxel.control.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentTokenResourceTest {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  @TempDir private static Path folder;
  private static RestHarness rest;

  @BeforeAll
  static void start() {
    rest = new RestHarness(folder, true);
  }

  @AfterAll
  static void stop() {
    rest.close();
  }

  private Answer ask(String body, Map<String, String> headers, String remoteAddress)
      throws Exception {
    return rest.send("POST", "/development/token", body, headers, remoteAddress);
  }

  @Test
  void aLoopbackCallerGetsAUserAndAToken() throws Exception {
    for (String caller : new String[] {"127.0.0.1", "::1", "127.8.8.8"}) {
      Answer answer = ask("{\"displayName\":\"Ada\"}", JSON, caller);
      assertEquals(200, answer.status());
      assertEquals("2026-11-24T12:00:00Z", answer.json().get("expiresOn").asText());
      assertEquals(
          answer.json().get("userId").asText(),
          rest.controlPlane()
              .identity()
              .tokenAuthenticator()
              .authenticate(answer.json().get("token").asText())
              .userId());
    }
  }

  @Test
  void anybodyElseIsRefused() throws Exception {
    for (String caller : new String[] {"192.0.2.1", "10.0.0.1", "2001:db8::1"}) {
      assertEquals("403 Forbidden", ask("{}", JSON, caller).error());
    }
  }

  @Test
  void aPageFromElsewhereIsRefusedOnThisMachineToo() throws Exception {
    for (String origin :
        new String[] {"https://evil.example", "null", "https://localhost.evil.example", "::"}) {
      assertEquals(
          "403 Forbidden",
          ask("{}", Map.of("Content-Type", "application/json", "Origin", origin), "127.0.0.1")
              .error());
    }
    for (String origin :
        new String[] {"https://localhost:8443", "http://127.0.0.1:5173", "http://[::1]:1"}) {
      assertEquals(
          200,
          ask("{}", Map.of("Content-Type", "application/json", "Origin", origin), "127.0.0.1")
              .status());
    }
  }

  @Test
  void aLongNameIsRefused() throws Exception {
    assertEquals(
        "400 ValidationError displayName",
        ask("{\"displayName\":\"" + "x".repeat(257) + "\"}", JSON, "127.0.0.1").error());
  }
}
