package io.vaxel.media.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.vaxel.media.packet.PacketBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Rfc4571DecoderTest {
  private final List<byte[]> received = new ArrayList<>();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new Rfc4571Decoder(),
          new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
              received.add(((PacketBuffer) message).toByteArray());
            }
          });

  static ByteBuf frame(byte... datagram) {
    return Unpooled.buffer().writeShort(datagram.length).writeBytes(datagram);
  }

  @Test
  void cutsAStreamIntoDatagramsHoweverItArrives() {
    ByteBuf stream = Unpooled.buffer();
    for (int i = 1; i <= 20; i++) {
      byte[] datagram = new byte[i * 100];
      datagram[i] = (byte) i;
      ByteBuf frame = frame(datagram);
      stream.writeBytes(frame);
      frame.release();
    }
    for (int step : new int[] {1, 2, 3, 1000, stream.readableBytes()}) {
      received.clear();
      for (int at = 0; at < stream.readableBytes(); at += step) {
        channel.writeInbound(stream.copy(at, Math.min(step, stream.readableBytes() - at)));
      }
      assertEquals(20, received.size());
      for (int i = 1; i <= 20; i++) {
        assertEquals(i * 100, received.get(i - 1).length);
        assertEquals(i, received.get(i - 1)[i]);
      }
    }
    stream.release();
  }

  @Test
  void skipsEmptyDatagrams() {
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 0, 0, 1, 9, 0, 0}));
    assertEquals(1, received.size());
    assertArrayEquals(new byte[] {9}, received.getFirst());
  }

  @Test
  void takesTheLargestDatagramAndRefusesALargerOneForGood() {
    channel.writeInbound(frame(new byte[PacketBuffer.CAPACITY]));
    assertEquals(PacketBuffer.CAPACITY, received.getFirst().length);
    assertThrows(
        CorruptedFrameException.class,
        () -> channel.writeInbound(frame(new byte[PacketBuffer.CAPACITY + 1])));
    channel.writeInbound(frame((byte) 1));
    assertEquals(1, received.size());
    assertFalse(channel.finish());
  }
}
