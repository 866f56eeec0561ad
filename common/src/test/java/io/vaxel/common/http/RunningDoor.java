package io.vaxel.common.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vaxel.common.tls.CertificateFolder;
import io.vaxel.common.tls.ServerNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** A started front door with echoing services behind it, and clients that trust it. */
final class RunningDoor implements AutoCloseable {
  static final int MAX_MESSAGE = 64 << 10;

  private final FrontDoor door;
  private final SSLContext trusting;

  RunningDoor(Path folder, HttpLimits limits) throws IOException, GeneralSecurityException {
    CertificateFolder certificates = new CertificateFolder(folder, InstantSource.system());
    door =
        FrontDoor.open(
            new FrontDoorConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                limits,
                CorsPolicy.ofOrigins(Set.of()),
                2),
            certificates.identityFor(ServerNames.ofThisMachine(List.of())));
    trusting = trust(certificates.authorityFile());
    door.serve(
        new Routes(
            secure("/"),
            new ResourceConfig(EchoResource.class),
            List.of(new EchoEndpoint()),
            List.of(
                StaticContent.ofFolder("/files", folder.resolve("files"), "<p>no files yet"),
                StaticContent.ofClassPath(
                    "/pages", RunningDoor.class.getClassLoader(), "io/vaxel/common/http/pages"))));
  }

  /** Small limits, so that tests of them do not take long. */
  static HttpLimits smallLimits(Duration requestTime) {
    return new HttpLimits(
        2_000,
        4_000,
        100_000,
        400_000,
        200,
        50,
        requestTime,
        requestTime,
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofSeconds(3));
  }

  FrontDoor door() {
    return door;
  }

  URI secure(String target) {
    return URI.create("https://localhost:" + door.port() + target);
  }

  URI plain(String target) {
    return URI.create("http://127.0.0.1:" + door.port() + target);
  }

  /** A client that trusts the door's authority and nothing else. */
  HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(trusting)
        .connectTimeout(Duration.ofSeconds(30))
        .build();
  }

  /** Sends bytes over plain TCP and reads all that comes until the door closes. */
  String raw(String request) throws IOException {
    try (Socket socket = socket()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Sends a request of these lines, without a body, as {@link #raw} does. */
  String rawLines(String... lines) throws IOException {
    return raw(String.join("\r\n", lines) + "\r\n\r\n");
  }

  Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static SSLContext trust(Path authority) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() {
    door.close();
  }

  /** Sends back each message; a text "fail" fails. */
  // An echo that is not written is missed by the test that waits for it.
  @SuppressWarnings("FutureReturnValueIgnored")
  private static final class EchoEndpoint implements WebSocketEndpoint {
    @Override
    public String path() {
      return "/echo/v1";
    }

    @Override
    public String subprotocol() {
      return "echo.v1";
    }

    @Override
    public int maxMessageBytes() {
      return MAX_MESSAGE;
    }

    @Override
    public ChannelHandler newHandler() {
      return new SimpleChannelInboundHandler<WebSocketFrame>() {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
          switch (frame) {
            case TextWebSocketFrame text when text.text().equals("fail") ->
                throw new IllegalStateException("asked to fail");
            case TextWebSocketFrame text -> ctx.writeAndFlush(new TextWebSocketFrame(text.text()));
            default -> ctx.writeAndFlush(new BinaryWebSocketFrame(frame.content().retain()));
          }
        }
      };
    }
  }
}
