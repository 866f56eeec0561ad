package io.vaxel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.server.config.ConfigLoader;
import io.vaxel.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wiring, started as tests and the command line start it. */
final class VaxelServerTest {
  @TempDir private Path data;

  private ServerConfig freePorts(int port) throws Exception {
    return new ConfigLoader()
        .load(
            null,
            Map.of("data", data.toString(), "http.port", port, "media.port", 0, "admin.port", 0));
  }

  private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void isReadyWhenStartReturns() throws Exception {
    try (VaxelServer server = VaxelServer.start(freePorts(0));
        HttpClient client = HttpClient.newHttpClient()) {
      URI local = server.localEndpoint();
      assertEquals("https://localhost:" + local.getPort() + "/", server.endpoint().toString());
      assertEquals(200, get(client, local.resolve("/health/ready")).statusCode());
      assertTrue(Files.exists(server.authorityFile()));
      HttpResponse<String> first = get(client, local);
      assertEquals("/demo/", first.headers().firstValue("location").orElseThrow());
      HttpResponse<String> pages = get(client, local.resolve("/demo/"));
      assertEquals(503, pages.statusCode());
      assertTrue(pages.body().contains("npm run build"), pages.body());
      HttpResponse<String> metrics =
          get(client, URI.create("http://127.0.0.1:" + server.adminPort() + "/metrics"));
      assertTrue(metrics.body().contains("vaxel_http_connections"), metrics.body());
      // The readiness check: on one connection it is counted before the next request is read.
      assertTrue(
          metrics.body().contains("vaxel_http_requests_seconds_count{status=\"200\"}"),
          metrics.body());
    }
  }

  @Test
  void aTakenPortIsNamedAndNothingStaysOpen() throws Exception {
    try (VaxelServer server = VaxelServer.start(freePorts(0))) {
      int taken = server.localEndpoint().getPort();
      IOException e =
          assertThrows(IOException.class, () -> VaxelServer.start(freePorts(taken)).close());
      assertTrue(String.valueOf(e.getMessage()).contains(":" + taken), e.getMessage());
    }
  }
}
