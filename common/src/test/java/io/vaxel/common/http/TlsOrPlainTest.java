package io.vaxel.common.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.vaxel.common.tls.CertificateFolder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsOrPlainTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private SslContext tls;

  @BeforeAll
  void makeCertificate(@TempDir Path folder) throws Exception {
    tls =
        new CertificateFolder(folder, InstantSource.system())
            .identityFor(List.of("localhost"))
            .serverContext();
  }

  private EmbeddedChannel from(String address) throws Exception {
    InetSocketAddress remote = new InetSocketAddress(InetAddress.getByName(address), 4000);
    EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress remoteAddress0() {
            return remote;
          }
        };
    channel.freezeTime();
    channel.pipeline().addLast(new TlsOrPlain(() -> tls, TIMEOUT));
    return channel;
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }

  @Test
  void aHandshakeRecordBringsTls() throws Exception {
    EmbeddedChannel channel = from("203.0.113.9");
    channel.writeInbound(bytes("\u0016\u0003\u0001"));
    assertNotNull(channel.pipeline().get(SslHandler.class));
    assertNull(channel.pipeline().get(TlsOrPlain.class));
    channel.finishAndReleaseAll();
  }

  @Test
  void plainBytesOfLoopbackCallersPassUnchanged() throws Exception {
    for (String address : List.of("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1")) {
      EmbeddedChannel channel = from(address);
      channel.writeInbound(bytes("GET / HTTP/1.1"));
      ByteBuf passed = channel.readInbound();
      assertEquals("GET / HTTP/1.1", passed.toString(StandardCharsets.ISO_8859_1));
      passed.release();
      assertNull(channel.pipeline().get(TlsOrPlain.class));
      channel.finishAndReleaseAll();
    }
  }

  @Test
  void plainBytesOfOthersAreRefusedOnceAndTheConnectionEnds() throws Exception {
    EmbeddedChannel channel = from("203.0.113.9");
    channel.writeInbound(bytes("GET / HTTP/1.1\r\n"), bytes("Host: a\r\n\r\n"));
    ByteBuf answer = channel.readOutbound();
    String text = answer.toString(StandardCharsets.ISO_8859_1);
    answer.release();
    assertTrue(text.startsWith("HTTP/1.1 403 "), text);
    assertTrue(text.contains("\"HttpsRequired\""), text);
    assertNull(channel.readOutbound());
    assertNull(channel.readInbound());
    assertFalse(channel.isActive());
    channel.finishAndReleaseAll();
  }

  @Test
  void aCallerThatSaysNothingIsCutOff() throws Exception {
    EmbeddedChannel channel = from("127.0.0.1");
    channel.advanceTimeBy(TIMEOUT.toMillis() - 1, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertTrue(channel.isActive());
    channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertFalse(channel.isActive());
  }
}
