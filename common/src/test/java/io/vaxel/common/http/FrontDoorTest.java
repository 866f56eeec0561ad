package io.vaxel.common.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The front door over real sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FrontDoorTest {
  private RunningDoor running;
  private HttpClient client;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    running = new RunningDoor(folder, RunningDoor.smallLimits(Duration.ofSeconds(30)));
    client = running.client();
  }

  @AfterAll
  void close() {
    client.close();
    running.close();
  }

  private HttpResponse<String> get(URI uri, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void answersTlsAndPlainHttpOnTheSamePort() throws Exception {
    assertEquals("+14255550123", get(running.secure("/phoneNumbers/+14255550123")).body());
    assertEquals("+14255550123", get(running.plain("/phoneNumbers/+14255550123")).body());
  }

  @Test
  void pathsWithColonsReachTheirTemplateAndStayAsSent() throws Exception {
    String target = "/identities/8:acs:a_b/:issueAccessToken?api-version=2023-10-01";
    HttpRequest request =
        HttpRequest.newBuilder(running.secure(target)).POST(BodyPublishers.noBody()).build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("\"id\":\"8:acs:a_b\""), answer.body());
    assertTrue(answer.body().contains("\"target\":\"" + target + "\""), answer.body());
    assertTrue(answer.body().contains("\"secure\":\"true\""), answer.body());
    String requestId = answer.headers().firstValue("x-ms-request-id").orElseThrow();
    assertTrue(answer.body().contains(requestId));
  }

  @Test
  void percentEncodedPathsReachTheSameTemplate() throws Exception {
    String target = "/identities/8%3Aacs%3Aa_b/:issueAccessToken?api-version=1";
    HttpRequest request =
        HttpRequest.newBuilder(running.plain(target)).POST(BodyPublishers.noBody()).build();
    String body = client.send(request, BodyHandlers.ofString()).body();
    assertTrue(body.contains("\"id\":\"8:acs:a_b\""), body);
    assertTrue(body.contains("\"target\":\"" + target + "\""), body);
    assertTrue(body.contains("\"secure\":\"false\""), body);
  }

  @Test
  void hostWithoutPortDoesNotChangeTheBaseOfLinks() throws Exception {
    String answer =
        running.raw("GET /base HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertTrue(answer.endsWith("https://localhost:" + running.door().port() + "/"), answer);
  }

  @Test
  void aTrailingSlashOfTheEndpointDoesNoHarm() throws Exception {
    assertEquals("4", get(running.plain("//phoneNumbers//4")).body());
  }

  @Test
  void echoesTheClientsRequestIdAndMakesItsOwn() throws Exception {
    HttpResponse<String> answer =
        get(running.secure("/nothing"), "x-ms-client-request-id", "abc-123");
    assertEquals(204, answer.statusCode());
    assertEquals("abc-123", answer.headers().firstValue("x-ms-client-request-id").orElseThrow());
    assertTrue(answer.headers().firstValue("x-ms-request-id").isPresent());
  }

  @Test
  void errorsWithoutBodyGetTheErrorBody() throws Exception {
    HttpResponse<String> gone = get(running.plain("/gone"));
    assertEquals(410, gone.statusCode());
    assertEquals("{\"error\":{\"code\":\"Gone\",\"message\":\"Gone.\"}}", gone.body());
    assertEquals(404, get(running.plain("/no/such/path")).statusCode());
  }

  @Test
  void aFailureTellsTheCallerNothingOfItsInside() throws Exception {
    HttpResponse<String> answer = get(running.plain("/fails"));
    assertEquals(500, answer.statusCode());
    assertFalse(answer.body().contains("secret"), answer.body());
    assertTrue(answer.body().contains("\"InternalServerError\""), answer.body());
  }

  @Test
  void aBodyWithinTheLimitIsTakenAndOneBeyondIsRefused() throws Exception {
    assertEquals("100000", post("/length", new byte[100_000]).body());
    HttpResponse<String> refused = post("/length", new byte[100_001]);
    assertEquals(413, refused.statusCode());
    assertTrue(refused.body().contains("\"RequestBodyTooLarge\""), refused.body());
  }

  private HttpResponse<String> post(String target, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(running.secure(target))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  @Test
  void aChunkedBodyBeyondTheLimitIsRefused() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(running.plain("/length"))
            .POST(BodyPublishers.ofInputStream(() -> InputStream.nullInputStream()))
            .build();
    assertEquals("0", client.send(request, BodyHandlers.ofString()).body());
    StringBuilder chunks = new StringBuilder();
    for (int i = 0; i < 11; i++) {
      chunks.append("2710\r\n").append("x".repeat(10_000)).append("\r\n");
    }
    String answer =
        running.raw(
            "POST /length HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunks
                + "0\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
  }

  @Test
  void longRequestLinesAndHeadersAreRefused() throws Exception {
    String line = running.raw("GET /" + "a".repeat(3_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    assertTrue(line.startsWith("HTTP/1.1 414 "), line);
    String header =
        running.raw("GET / HTTP/1.1\r\nHost: a\r\nA: " + "b".repeat(5_000) + "\r\n\r\n");
    assertTrue(header.startsWith("HTTP/1.1 431 "), header);
  }

  @Test
  void malformedRequestsAreRefused() throws Exception {
    assertTrue(running.raw("nonsense\r\n\r\n").startsWith("HTTP/1.1 400 "));
    assertTrue(running.raw("GET / HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 400 "));
    assertTrue(
        running
            .raw("GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            .startsWith("HTTP/1.1 400 "));
    assertTrue(
        running
            .raw("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx")
            .startsWith("HTTP/1.1 400 "));
  }

  @Test
  void slowHeadersAndSlowBodiesAreCutOff(@TempDir Path folder) throws Exception {
    try (RunningDoor hasty =
            new RunningDoor(folder, RunningDoor.smallLimits(Duration.ofMillis(300)));
        Socket socket = hasty.socket()) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
      assertTrue(readAll(socket).startsWith("HTTP/1.1 408 "));
      String answer =
          hasty.raw("POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
      assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
    }
  }

  private static String readAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String path =
          i % 5 == 0 ? "/health/live?" : i % 7 == 0 ? "/waits?millis=20&" : "/phoneNumbers/";
      requests
          .append(i % 3 == 0 ? "HEAD " : "GET ")
          .append(path.startsWith("/phone") ? path + i : path)
          .append(" HTTP/1.1\r\nHost: a\r\nx-ms-client-request-id: ")
          .append(i)
          .append(i == 39 ? "\r\nConnection: close" : "")
          .append("\r\n\r\n");
    }
    String answers = running.raw(requests.toString());
    List<String> ids =
        answers
            .lines()
            .filter(line -> line.startsWith("x-ms-client-request-id: "))
            .map(line -> line.substring(24))
            .toList();
    assertEquals(IntStream.range(0, 40).mapToObj(Integer::toString).toList(), ids);
  }

  @Test
  void expectContinueIsAnswered() throws Exception {
    String answer =
        running.raw(
            "POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n"
                + "Connection: close\r\n\r\nabc");
    assertTrue(answer.startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"), answer);
    assertTrue(answer.endsWith("3"), answer);
  }

  @Test
  void aLargeAnswerArrivesWhole() throws Exception {
    HttpResponse<String> answer = get(running.secure("/large?bytes=3200000"));
    assertEquals(3_200_000, answer.body().length());
    assertEquals("chunked", answer.headers().firstValue("transfer-encoding").orElse("none"));
  }

  @Test
  void anAnswerThatBreaksInTheMiddleIsNeverTakenForComplete() {
    assertThrows(IOException.class, () -> get(running.plain("/broken-stream")));
  }

  @Test
  void aCallerThatGoesAwayLeavesNothingBehind() throws Exception {
    for (int i = 0; i < 10; i++) {
      try (Socket socket = running.socket()) {
        socket
            .getOutputStream()
            .write(
                "GET /large?bytes=50000000 HTTP/1.1\r\nHost: a\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        assertTrue(socket.getInputStream().read() >= 0);
      }
    }
    await(() -> running.door().requestsInFlight() == 0);
    await(() -> running.door().bodyBytesInMemory() == 0);
  }

  @Test
  void asynchronousAnswersAndTheirTimeoutsWork() throws Exception {
    assertEquals("later", get(running.plain("/later")).body());
    assertEquals(503, get(running.plain("/never")).statusCode());
  }

  @Test
  void aHundredCallersAtOnceAreAnswered() {
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    client.sendAsync(
                        HttpRequest.newBuilder(running.secure("/phoneNumbers/" + i)).build(),
                        BodyHandlers.ofString()))
            .toList();
    for (int i = 0; i < 100; i++) {
      HttpResponse<String> answer = answers.get(i).join();
      if (answer.statusCode() == 200) {
        assertEquals(Integer.toString(i), answer.body());
      } else {
        assertEquals(503, answer.statusCode());
      }
    }
  }

  @Test
  void moreRequestsThanTheLimitAreAskedToComeBack() {
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 80)
            .mapToObj(
                i ->
                    client.sendAsync(
                        HttpRequest.newBuilder(running.plain("/waits?millis=1500")).build(),
                        BodyHandlers.ofString()))
            .toList();
    List<HttpResponse<String>> busy =
        answers.stream().map(CompletableFuture::join).filter(a -> a.statusCode() == 503).toList();
    assertFalse(busy.isEmpty());
    assertTrue(busy.size() <= 30, () -> busy.size() + " refused");
    assertEquals("1", busy.getFirst().headers().firstValue("retry-after").orElseThrow());
  }

  @Test
  void healthIsReady() throws Exception {
    assertEquals(200, get(running.plain("/health/live")).statusCode());
    assertEquals("{\"status\":\"ready\"}", get(running.secure("/health/ready")).body());
    assertEquals(404, get(running.secure("/health/other")).statusCode());
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "not within ten seconds");
      Thread.sleep(5);
    }
  }
}
