package io.vaxel.common.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** WebSockets of the front door, with the JDK's client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebSocketTest {
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

  /** What a client saw, in order: text, "pong", or "closed STATUS". */
  private static final class Seen implements WebSocket.Listener {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      events.add(data.toString());
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      events.add("binary " + data.remaining());
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      events.add("pong");
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      events.add("closed " + status);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      events.add("error " + error);
    }

    String next() throws InterruptedException {
      String event = events.poll(20, TimeUnit.SECONDS);
      return event == null ? "nothing" : event;
    }
  }

  private WebSocket connect(URI uri, Seen seen, String... subprotocols) {
    WebSocket.Builder builder = client.newWebSocketBuilder();
    if (subprotocols.length > 0) {
      String[] others = new String[subprotocols.length - 1];
      System.arraycopy(subprotocols, 1, others, 0, others.length);
      builder.subprotocols(subprotocols[0], others);
    }
    return builder.buildAsync(uri, seen).join();
  }

  private URI secure(String path) {
    return URI.create("wss://localhost:" + running.door().port() + path);
  }

  @Test
  void messagesGoBothWaysOverTlsAndPlain() throws Exception {
    URI plain = URI.create("ws://127.0.0.1:" + running.door().port() + "/echo/v1");
    for (URI uri : new URI[] {secure("/echo/v1"), plain}) {
      Seen seen = new Seen();
      WebSocket socket = connect(uri, seen, "other.v2", "echo.v1");
      assertEquals("echo.v1", socket.getSubprotocol());
      socket.sendText("hello", true).join();
      assertEquals("hello", seen.next());
      socket.sendBinary(ByteBuffer.allocate(1000), true).join();
      assertEquals("binary 1000", seen.next());
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();
      assertEquals("closed 1000", seen.next());
    }
  }

  @Test
  void fragmentsArriveAsOneMessageAlsoWithAPingBetween() throws Exception {
    Seen seen = new Seen();
    WebSocket socket = connect(secure("/echo/v1"), seen, "echo.v1");
    socket.sendText("one ", false).join();
    socket.sendPing(ByteBuffer.allocate(4)).join();
    socket.sendText("two", true).join();
    assertEquals("pong", seen.next());
    assertEquals("one two", seen.next());
    socket.abort();
  }

  @Test
  void aMessageBeyondTheLimitClosesWith1009() throws Exception {
    Seen seen = new Seen();
    WebSocket socket = connect(secure("/echo/v1"), seen, "echo.v1");
    socket.sendBinary(ByteBuffer.allocate(RunningDoor.MAX_MESSAGE), true).join();
    assertEquals("binary ", seen.next().substring(0, 7));
    socket.sendBinary(ByteBuffer.allocate(RunningDoor.MAX_MESSAGE + 1), true).join();
    assertEquals("closed 1009", skipBinary(seen));
  }

  @Test
  void fragmentsBeyondTheLimitCloseWith1009() throws Exception {
    Seen seen = new Seen();
    WebSocket socket = connect(secure("/echo/v1"), seen, "echo.v1");
    socket.sendBinary(ByteBuffer.allocate(RunningDoor.MAX_MESSAGE), false).join();
    socket.sendBinary(ByteBuffer.allocate(1), true).join();
    assertEquals("closed 1009", seen.next());
  }

  private static String skipBinary(Seen seen) throws InterruptedException {
    String event = seen.next();
    while (event.startsWith("binary ")) {
      event = seen.next();
    }
    return event;
  }

  @Test
  void aFailingHandlerClosesWith1011() throws Exception {
    Seen seen = new Seen();
    WebSocket socket = connect(secure("/echo/v1"), seen, "echo.v1");
    socket.sendText("fail", true).join();
    assertEquals("closed 1011", seen.next());
  }

  @Test
  void aMissingSubprotocolIsRefused() {
    HttpResponse<?> answer = refused(secure("/echo/v1"), "other.v2");
    assertEquals(400, answer.statusCode());
    assertEquals(400, refused(secure("/echo/v1")).statusCode());
  }

  @Test
  void aPathThatIsNoWebSocketRefusesTheUpgrade() {
    assertEquals(404, refused(secure("/echo/v2"), "echo.v1").statusCode());
  }

  private HttpResponse<?> refused(URI uri, String... subprotocols) {
    CompletionException e =
        assertThrows(CompletionException.class, () -> connect(uri, new Seen(), subprotocols));
    return assertInstanceOf(WebSocketHandshakeException.class, e.getCause()).getResponse();
  }

  @Test
  void aPlainRequestIsToldToUpgrade() throws Exception {
    String answer = running.raw("GET /echo/v1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 426 "), answer);
    String badKey =
        running.rawLines(
            "GET /echo/v1 HTTP/1.1",
            "Host: a",
            "Upgrade: websocket",
            "Connection: Upgrade, close",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: echo.v1");
    assertTrue(badKey.startsWith("HTTP/1.1 400 "), badKey);
  }

  @Test
  void aStopClosesWith1001AndTakesNoMore(@TempDir Path folder) throws Exception {
    Seen seen = new Seen();
    try (RunningDoor stopping =
        new RunningDoor(folder, RunningDoor.smallLimits(Duration.ofSeconds(30)))) {
      HttpClient other = stopping.client();
      URI uri = URI.create("wss://localhost:" + stopping.door().port() + "/echo/v1");
      other.newWebSocketBuilder().subprotocols("echo.v1").buildAsync(uri, seen).join();
      assertEquals(1, stopping.door().webSocketCount());
      stopping.door().close();
      assertEquals("closed 1001", seen.next());
      assertEquals(0, stopping.door().connectionCount());
      assertThrows(IOException.class, () -> stopping.socket().close());
      // Not close(), which waits for a socket that the JDK may still count as open.
      other.shutdownNow();
    }
  }

  @Test
  void aStopLetsARunningRequestEnd(@TempDir Path folder) throws Exception {
    try (RunningDoor stopping =
            new RunningDoor(folder, RunningDoor.smallLimits(Duration.ofSeconds(30)));
        Socket socket = stopping.socket()) {
      socket
          .getOutputStream()
          .write(
              "GET /waits?millis=500 HTTP/1.1\r\nHost: a\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      while (stopping.door().requestsInFlight() == 0) {
        Thread.onSpinWait();
      }
      stopping.door().close();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }
  }
}
