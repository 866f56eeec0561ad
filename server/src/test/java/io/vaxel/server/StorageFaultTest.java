package io.vaxel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.common.testing.PostgresCluster;
import io.vaxel.server.config.ConfigLoader;
import io.vaxel.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole server under load while its PostgreSQL is away: a few seconds, or as many as {@code
 * -Dvaxel.fault.seconds} says.
 */
class StorageFaultTest {
  private static final Logger LOG = LoggerFactory.getLogger(StorageFaultTest.class);
  private static final int CALLERS = 12;

  /** Connection wait and statement time, and what a busy machine adds. */
  private static final Duration LONGEST = Duration.ofSeconds(7);

  @TempDir private Path folder;
  private volatile boolean over;

  /** One request: its status, when it began and how long it took, and the user it made. */
  private record Outcome(int status, long begun, Duration took, boolean retryAfter, String user) {}

  private ServerConfig config(String databaseUrl) throws Exception {
    return new ConfigLoader()
        .load(
            null,
            Map.of(
                "data",
                folder.toString(),
                "development",
                true,
                "storage.url",
                databaseUrl,
                "http.port",
                0,
                "media.port",
                0,
                "admin.port",
                0));
  }

  /** How the database goes away and comes back. */
  private interface Fault {
    void begin();

    void end();
  }

  @Test
  void aDatabaseThatIsDownForAWhile() throws Exception {
    PostgresCluster cluster = cluster();
    survive(
        cluster,
        new Fault() {
          @Override
          public void begin() {
            cluster.stop();
          }

          @Override
          public void end() {
            cluster.start();
          }
        });
  }

  @Test
  void aDatabaseThatHangsForAWhile() throws Exception {
    PostgresCluster cluster = cluster();
    survive(
        cluster,
        new Fault() {
          @Override
          public void begin() {
            cluster.freeze();
          }

          @Override
          public void end() {
            cluster.thaw();
          }
        });
  }

  private static PostgresCluster cluster() {
    Optional<PostgresCluster> cluster = PostgresCluster.own();
    assumeTrue(cluster.isPresent() || System.getenv("CI") != null, "PostgreSQL is not installed");
    return cluster.orElseThrow();
  }

  private void survive(PostgresCluster cluster, Fault fault) throws Exception {
    long seconds = Long.getLong("vaxel.fault.seconds", 4);
    ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    String url = cluster.createDatabase();
    long begun;
    long ended;
    try (cluster;
        VaxelServer server = VaxelServer.start(config(url));
        HttpClient client = HttpClient.newHttpClient();
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(executor.submit(() -> call(client, server.localEndpoint(), outcomes)));
      }
      awaitSuccesses(outcomes, 0);
      fault.begin();
      begun = System.nanoTime();
      TimeUnit.SECONDS.sleep(seconds);
      ended = System.nanoTime();
      fault.end();
      awaitSuccesses(outcomes, ended);
      over = true;
      for (Future<?> caller : callers) {
        caller.get(60, TimeUnit.SECONDS);
      }
      nothingWasLostOrHalfDone(outcomes, url);
    }
    requestsFailedInTime(outcomes, begun, ended);
  }

  /** Waits for some that began after a time; whether they came is asserted later. */
  private static void awaitSuccesses(ConcurrentLinkedQueue<Outcome> outcomes, long after)
      throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      long successes =
          outcomes.stream()
              .filter(outcome -> outcome.status() == 200)
              .filter(outcome -> after == 0 || outcome.begun() - after > 0)
              .count();
      if (successes > 2 * CALLERS) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private Void call(HttpClient client, URI server, ConcurrentLinkedQueue<Outcome> outcomes)
      throws IOException, InterruptedException {
    ObjectMapper json = new ObjectMapper();
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/development/token"))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString("{}"))
            .build();
    while (!over) {
      long begun = System.nanoTime();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      outcomes.add(
          new Outcome(
              answer.statusCode(),
              begun,
              Duration.ofNanos(System.nanoTime() - begun),
              answer.headers().firstValue("Retry-After").isPresent(),
              json.readTree(answer.body()).path("userId").asText("")));
      TimeUnit.MILLISECONDS.sleep(answer.statusCode() == 503 ? 100 : 5);
    }
    return null;
  }

  private static void requestsFailedInTime(Iterable<Outcome> outcomes, long begun, long ended) {
    Set<Integer> statuses = new HashSet<>();
    int failed = 0;
    int before = 0;
    int after = 0;
    Duration longest = Duration.ZERO;
    for (Outcome outcome : outcomes) {
      longest = outcome.took().compareTo(longest) > 0 ? outcome.took() : longest;
      statuses.add(outcome.status());
      assertTrue(outcome.took().compareTo(LONGEST) < 0, outcome.toString());
      if (outcome.status() == 503) {
        assertTrue(outcome.retryAfter(), outcome.toString());
        failed++;
      } else if (outcome.begun() - begun < 0) {
        before++;
      } else if (outcome.begun() - ended > 0) {
        after++;
      }
    }
    LOG.info(
        "{} succeeded before and {} after; {} failed with 503, the slowest after {}",
        before,
        after,
        failed,
        longest);
    assertEquals(Set.of(200, 503), statuses, "nothing but success and 503");
    assertTrue(failed >= CALLERS, failed + " failed");
    assertTrue(before > CALLERS, before + " succeeded before");
    assertTrue(after > CALLERS, after + " succeeded afterwards, without a restart");
  }

  /** What was acknowledged is there; what is there besides belongs to requests that failed. */
  private static void nothingWasLostOrHalfDone(Iterable<Outcome> outcomes, String url)
      throws SQLException {
    Set<String> stored = new HashSet<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("select id from users")) {
      while (rows.next()) {
        stored.add(rows.getString(1));
      }
    }
    int failed = 0;
    for (Outcome outcome : outcomes) {
      if (outcome.status() == 503) {
        failed++;
      } else {
        assertTrue(stored.remove(outcome.user()), "lost: " + outcome);
      }
    }
    assertTrue(stored.size() <= failed, stored.size() + " users that nobody asked for");
  }
}
