package io.vaxel.control.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vaxel.common.testing.TestStorage;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Repeatability, on the operation that uses it first. */
@ParameterizedClass
@EnumSource(TestStorage.class)
class RepeatedCreateTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final String SENT = "Mon, 23 Nov 2026 12:00:00 GMT";
  private static final String TARGET = "/rooms?api-version=2025-03-13";

  @Parameter private TestStorage storage = TestStorage.SQLITE;
  @TempDir private Path folder;
  private RestHarness rest;

  @BeforeEach
  void start() {
    rest = new RestHarness(storage, folder, false);
  }

  @AfterEach
  void stop() {
    rest.close();
  }

  private Answer create(@Nullable String id, @Nullable String sent, String body) throws Exception {
    Map<String, String> headers = rest.signed("POST", TARGET, body, rest.key());
    if (id != null) {
      headers.put("Repeatability-Request-ID", id);
    }
    if (sent != null) {
      headers.put("Repeatability-First-Sent", sent);
    }
    return rest.send("POST", TARGET, body, headers, "127.0.0.1");
  }

  private long rooms() {
    return rest.database()
        .jdbi()
        .withHandle(sql -> sql.createQuery("select count(*) from rooms").mapTo(Long.class).one());
  }

  private long kept() {
    return rest.database()
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery("select count(*) from repeated_requests").mapTo(Long.class).one());
  }

  @Test
  void theSameRequestAgainGetsTheFirstAnswerAndNoSecondRoom() throws Exception {
    String id = UUID.randomUUID().toString();
    Answer first = create(id, SENT, "{}");
    assertEquals(201, first.status());
    assertEquals("accepted", first.headers().get("Repeatability-Result"));
    rest.setTime(NOW.plus(Duration.ofMinutes(59)));
    Answer again = create(id.toUpperCase(Locale.ROOT), SENT, "{}");
    assertEquals(201, again.status());
    assertEquals(first.json(), again.json());
    assertEquals("accepted", again.headers().get("Repeatability-Result"));
    assertEquals("application/json", again.headers().get("Content-Type"));
    assertEquals(1, rooms());
  }

  @Test
  void withoutTheHeadersEveryRequestIsNew() throws Exception {
    Answer first = create(null, null, "{}");
    assertNull(first.headers().get("Repeatability-Result"));
    assertNotEquals(first.json(), create(null, null, "{}").json());
    assertEquals(2, rooms());
    assertEquals(0, kept());
  }

  @Test
  void anIdBelongsToOneRequest() throws Exception {
    String id = UUID.randomUUID().toString();
    create(id, SENT, "{}");
    Answer other = create(id, SENT, "{\"pstnDialOutEnabled\":true}");
    assertEquals("400 BadRequest Repeatability-Request-ID", other.error());
    assertEquals("rejected", other.headers().get("Repeatability-Result"));
    assertEquals(
        "400 BadRequest Repeatability-Request-ID",
        create(id, "Mon, 23 Nov 2026 12:00:01 GMT", "{}").error());
    assertEquals(1, rooms());
  }

  @Test
  void malformedHeadersAreRefused() throws Exception {
    String id = UUID.randomUUID().toString();
    assertEquals("400 BadRequest Repeatability-Request-ID", create("1", SENT, "{}").error());
    assertEquals("400 BadRequest Repeatability-Request-ID", create(null, SENT, "{}").error());
    for (String sent : new String[] {null, "", "2026-11-23T12:00:00Z", "yesterday"}) {
      assertEquals("400 BadRequest Repeatability-First-Sent", create(id, sent, "{}").error());
    }
    assertEquals(
        "400 BadRequest Repeatability-First-Sent",
        create(id, "Mon, 23 Nov 2026 12:15:01 GMT", "{}").error());
    assertEquals(0, rooms());
  }

  @Test
  void aRequestWhoseAnswerIsForgottenIsNotCarriedOut() throws Exception {
    String id = UUID.randomUUID().toString();
    create(id, SENT, "{}");
    rest.setTime(NOW.plus(Duration.ofHours(1)));
    Answer late = create(id, SENT, "{}");
    assertEquals("412 PreconditionFailed Repeatability-First-Sent", late.error());
    assertEquals(1, rooms());
    assertEquals(201, create(id, "Mon, 23 Nov 2026 13:00:00 GMT", "{}").status());
    assertEquals(1, kept());
  }

  @Test
  void aRefusedRequestLeavesNothingBehind() throws Exception {
    String id = UUID.randomUUID().toString();
    Answer refused = create(id, SENT, "{\"validUntil\":\"2020-01-01T00:00:00Z\"}");
    assertEquals("400 BadRequest validUntil", refused.error());
    assertEquals(0, kept());
    assertEquals(201, create(id, SENT, "{}").status());
  }

  @Test
  void twoAtTheSameMomentMakeOneRoom() throws Exception {
    String id = UUID.randomUUID().toString();
    CountDownLatch together = new CountDownLatch(1);
    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        answers.add(
            threads.submit(
                () -> {
                  together.await();
                  return create(id, SENT, "{}");
                }));
      }
      together.countDown();
    }
    Set<String> rooms = new HashSet<>();
    for (Future<Answer> answer : answers) {
      assertEquals(201, answer.get().status(), () -> String.valueOf(answer.resultNow().body()));
      rooms.add(answer.get().json().get("id").asText());
    }
    assertEquals(1, rooms.size());
    assertEquals(1, rooms());
  }
}
