package io.vaxel.common.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Files and cross-origin answers of the front door. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PagesTest {
  private RunningDoor running;
  private HttpClient client;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    running = new RunningDoor(folder, RunningDoor.smallLimits(Duration.ofSeconds(30)));
    client = running.client();
    Path files = Files.createDirectories(folder.resolve("files/sub"));
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.writeString(files.resolve("../index.html"), "<h1>files</h1>");
    Files.writeString(files.resolve("app.js"), "export {}");
    Files.createSymbolicLink(files.resolve("link.txt"), folder.resolve("secret.txt"));
  }

  @AfterAll
  void close() {
    client.close();
    running.close();
  }

  private HttpResponse<String> get(String target, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(running.plain(target));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void filesHaveTheirTypeAndAnEntityTag() throws Exception {
    HttpResponse<String> script = get("/files/sub/app.js");
    assertEquals("export {}", script.body());
    assertEquals(
        "text/javascript; charset=utf-8",
        script.headers().firstValue("content-type").orElseThrow());
    String etag = script.headers().firstValue("etag").orElseThrow();
    HttpResponse<String> again = get("/files/sub/app.js", "If-None-Match", etag);
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
  }

  @Test
  void aFolderLeadsToItsIndex() throws Exception {
    HttpResponse<String> bare = get("/files?a=b");
    assertEquals(302, bare.statusCode());
    assertEquals("/files/?a=b", bare.headers().firstValue("location").orElseThrow());
    assertEquals("<h1>files</h1>", get("/files/").body());
    assertTrue(get("/pages/").body().contains("class path"));
  }

  @Test
  void nothingOutsideTheFolderCanBeNamed() throws Exception {
    String[] targets = {
      "/files/../secret.txt",
      "/files/%2e%2e/secret.txt",
      "/files/..%2fsecret.txt",
      "/files/sub/..%5c..%5csecret.txt",
      "/files//../secret.txt",
      "/files/sub/link.txt",
      "/files/.%2e/secret.txt",
      "/files/%00",
      "/pages/../FrontDoor.class",
      "/pages/%2e%2e/FrontDoor.class"
    };
    for (String target : targets) {
      String answer =
          running.raw("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertTrue(answer.startsWith("HTTP/1.1 40"), target + ": " + answer);
      assertFalse(answer.contains("secret\r\n") || answer.endsWith("secret"), target);
    }
  }

  @Test
  void headHasTheLengthAndNoBody() throws Exception {
    String answer =
        running.raw("HEAD /files/sub/app.js HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertTrue(answer.contains("content-length: 9\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @Test
  void aMissingFolderHasAPageThatSaysSo(@TempDir Path empty) throws Exception {
    try (RunningDoor other =
        new RunningDoor(empty, RunningDoor.smallLimits(Duration.ofSeconds(30)))) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(other.plain("/files/")).build(), BodyHandlers.ofString());
      assertEquals(503, answer.statusCode());
      assertEquals("<p>no files yet", answer.body());
    }
  }

  @Test
  void filesAreForReadingOnly() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(running.plain("/files/")).POST(BodyPublishers.noBody()).build();
    assertEquals(405, client.send(request, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void anyPageMayReadTheApi() throws Exception {
    String preflight =
        running.rawLines(
            "OPTIONS /identities HTTP/1.1",
            "Host: a",
            "Origin: https://app.example",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: authorization",
            "Connection: close");
    assertTrue(preflight.startsWith("HTTP/1.1 204 "), preflight);
    assertTrue(preflight.contains("access-control-allow-origin: *\r\n"), preflight);
    assertTrue(preflight.contains("Authorization, "), preflight);
    HttpResponse<String> answer = get("/gone", "Origin", "https://app.example");
    assertEquals("*", answer.headers().firstValue("access-control-allow-origin").orElseThrow());
    assertTrue(
        answer
            .headers()
            .firstValue("access-control-expose-headers")
            .orElseThrow()
            .contains("x-ms-request-id"));
  }

  @Test
  void noOtherOriginMayUseWhatNeedsNoToken() throws Exception {
    String preflight =
        running.rawLines(
            "OPTIONS /development/token HTTP/1.1",
            "Host: a",
            "Origin: https://evil.example",
            "Access-Control-Request-Method: POST",
            "Connection: close");
    assertTrue(preflight.startsWith("HTTP/1.1 403 "), preflight);
    assertFalse(preflight.contains("access-control-allow"), preflight);
  }
}
