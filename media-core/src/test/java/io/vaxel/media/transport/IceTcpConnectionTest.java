package io.vaxel.media.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.stun.Stun;
import io.vaxel.media.stun.StunWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IceTcpConnectionTest {
  private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.9", 4000);

  private final List<byte[]> received = new ArrayList<>();
  private int closed;
  private boolean networkStuck;
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final TcpPath path = new TcpPath(channel, REMOTE);

  private void open(@Nullable Duration firstCheck) {
    channel.config().setWriteBufferWaterMark(TcpPath.OUTPUT);
    channel.freezeTime();
    IceTcpPort.Listener listener =
        new IceTcpPort.Listener() {
          @Override
          public void received(TcpPath from, PacketBuffer packet) {
            assertEquals(path, from);
            received.add(packet.toByteArray());
          }

          @Override
          public void closed(TcpPath from) {
            closed++;
          }
        };
    IceTcpConnection connection =
        new IceTcpConnection(path, listener, firstCheck, Duration.ofSeconds(10));
    channel
        .pipeline()
        .addLast(
            new ChannelInitializer<EmbeddedChannel>() {
              @Override
              protected void initChannel(EmbeddedChannel ch) {
                ch.pipeline().addLast(new Network(), new Rfc4571Decoder(), connection);
              }
            });
    channel.pipeline().fireChannelActive();
  }

  /** Takes what is flushed, unless it is stuck. */
  private final class Network extends ChannelOutboundHandlerAdapter {
    @Override
    public void flush(ChannelHandlerContext ctx) {
      if (!networkStuck) {
        ctx.flush();
      }
    }
  }

  private void advance(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  private static byte[] check() {
    PacketBuffer packet = PacketBuffer.allocate();
    new StunWriter().begin(packet, Stun.BINDING_REQUEST, 1, 2).fingerprint();
    return packet.toByteArray();
  }

  @AfterEach
  void releaseEverything() {
    channel.finishAndReleaseAll();
    assertEquals(1, closed, "told once");
  }

  @Test
  void bringsDatagramsInOrder() {
    open(Duration.ofSeconds(10));
    channel.writeInbound(Rfc4571DecoderTest.frame(check()));
    path.attach("owner");
    channel.writeInbound(Rfc4571DecoderTest.frame((byte) 0x80, (byte) 1));
    assertEquals(2, received.size());
    assertEquals(2, received.get(1).length);
    assertTrue(path.isTcp());
    assertEquals(REMOTE, path.remoteAddress());
  }

  @Test
  void closesAConnectionThatBeginsWithAnythingButACheck() {
    open(Duration.ofSeconds(10));
    channel.writeInbound(Rfc4571DecoderTest.frame((byte) 22, (byte) 3, (byte) 1));
    assertFalse(path.isOpen());
    assertEquals(0, received.size());
  }

  @Test
  void closesOnGarbage() {
    open(Duration.ofSeconds(10));
    channel.writeInbound(Unpooled.copiedBuffer(new byte[] {'G', 'E', 'T', ' ', '/'}));
    assertFalse(path.isOpen());
  }

  @Test
  void closesAConnectionThatNobodyClaimsInTime() {
    open(Duration.ofSeconds(10));
    channel.writeInbound(Rfc4571DecoderTest.frame(check()));
    advance(9);
    assertTrue(path.isOpen());
    advance(1);
    assertFalse(path.isOpen());
  }

  @Test
  void leavesAClaimedConnectionAlone() {
    open(Duration.ofSeconds(10));
    path.attach("owner");
    advance(100);
    assertTrue(path.isOpen());
    assertEquals("owner", path.attachment());
  }

  @Test
  void theSideThatOpenedWaitsForItsAnswerWithoutALimit() {
    open(null);
    advance(100);
    assertTrue(path.isOpen());
    assertNull(path.attachment());
  }

  @Test
  void sendsFramed() {
    open(null);
    PacketBuffer packet = PacketBuffer.allocate();
    packet.copyFrom(new byte[] {1, 2, 3}, 0, 3);
    path.send(packet);
    path.send(packet);
    channel.runPendingTasks();
    for (int i = 0; i < 2; i++) {
      ByteBuf frame = channel.readOutbound();
      assertEquals(Unpooled.wrappedBuffer(new byte[] {0, 3, 1, 2, 3}), frame);
      frame.release();
    }
  }

  /** Fills the output of a stuck network and returns how many datagrams it took. */
  private int fill() {
    networkStuck = true;
    PacketBuffer packet = PacketBuffer.allocate();
    packet.length(1200);
    int taken = 0;
    while (path.dropped() == 0 && taken < 1000) {
      path.send(packet);
      taken++;
    }
    return taken - 1;
  }

  @Test
  void dropsAndCountsWhatDoesNotFit() {
    open(null);
    int taken = fill();
    assertTrue(taken > 200 && taken < 230, "took " + taken);
    path.send(PacketBuffer.allocate());
    assertEquals(2, path.dropped());
  }

  @Test
  void closesAConnectionThatStaysFull() {
    open(null);
    fill();
    advance(9);
    assertTrue(path.isOpen());
    advance(1);
    assertFalse(path.isOpen());
  }

  @Test
  void aConnectionThatRecoversStaysOpen() {
    open(null);
    fill();
    advance(5);
    networkStuck = false;
    channel.flush();
    assertTrue(channel.isWritable());
    advance(100);
    assertTrue(path.isOpen());
  }

  @Test
  void sendsNothingOnAClosedConnection() {
    open(null);
    path.close();
    path.send(PacketBuffer.allocate());
    assertEquals(1, path.dropped());
  }
}
