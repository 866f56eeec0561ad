package io.vaxel.control.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vaxel.common.limit.Rate;
import io.vaxel.common.limit.RateLimits;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.control.ServiceSettings;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits of operations and callers, as callers meet them. */
class LimitsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final String CREATE = "/identities?api-version=2023-10-01";
  private static final String ROOMS = "/rooms?api-version=2025-03-13";

  @TempDir private Path folder;

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  private RestHarness rest;

  @BeforeEach
  void start() {
    Map<String, Rate> operations = new HashMap<>(ServiceSettings.defaults().limits().operations());
    operations.put("identity-create", Rate.parse("3/30s"));
    rest =
        new RestHarness(
            TestStorage.SQLITE,
            folder,
            RestHarness.settings(false)
                .with(
                    ServiceSettings.defaults()
                        .with(new RateLimits(100, Rate.parse("6/1m"), operations))));
  }

  @AfterEach
  void stop() {
    rest.close();
  }

  private Answer from(String address, String method, String target) throws Exception {
    return rest.send(method, target, null, rest.signed(method, target, null, rest.key()), address);
  }

  @Test
  void anOperationIsRefusedOneRequestTooLateAndTellsWhenToComeBack() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertEquals(201, from("192.0.2." + i, "POST", CREATE).status());
    }
    Answer refused = from("192.0.2.9", "POST", CREATE);
    assertEquals("429 TooManyRequests", refused.error());
    assertEquals("10", refused.headers().get("Retry-After"));
    assertEquals(200, from("192.0.2.9", "GET", ROOMS).status());
    rest.setTime(NOW.plusSeconds(10));
    assertEquals(201, from("192.0.2.9", "POST", CREATE).status());
  }

  @Test
  void aCallerIsRefusedWithoutTouchingOthers() throws Exception {
    for (int i = 0; i < 6; i++) {
      assertEquals(200, from("192.0.2.1", "GET", ROOMS).status());
    }
    assertEquals("429 TooManyRequests", from("192.0.2.1", "GET", ROOMS).error());
    assertEquals("429 TooManyRequests", from("192.0.2.1", "POST", CREATE).error());
    assertEquals(200, from("192.0.2.2", "GET", ROOMS).status());
  }

  @Test
  void whoHasNoCredentialTakesNothingFromTheResource() throws Exception {
    for (int i = 0; i < 10; i++) {
      Answer denied =
          rest.send(
              "POST", CREATE, null, rest.signed("POST", CREATE, null, "AAECAwQFBgc="), "192.0.2.1");
      assertNotEquals(429, denied.status());
    }
    assertEquals(201, from("192.0.2.1", "POST", CREATE).status());
  }
}
