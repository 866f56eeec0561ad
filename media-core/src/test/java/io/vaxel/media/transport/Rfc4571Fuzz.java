package io.vaxel.media.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.vaxel.media.packet.PacketBuffer;

class Rfc4571Fuzz {
  @FuzzTest
  void anyStreamGivesDatagramsOrTheOneRefusal(FuzzedDataProvider data) {
    int[] bytes = new int[2];
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new Rfc4571Decoder(),
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext ctx, Object message) {
                bytes[0] += ((PacketBuffer) message).length();
                bytes[1]++;
              }
            });
    int sent = 0;
    try {
      while (data.remainingBytes() > 0) {
        byte[] piece = data.consumeBytes(data.consumeInt(1, 3000));
        sent += piece.length;
        channel.writeInbound(Unpooled.wrappedBuffer(piece));
      }
    } catch (CorruptedFrameException refused) {
      assertEquals(true, channel.isOpen());
    }
    assertEquals(true, bytes[0] + 2 * bytes[1] <= sent);
    channel.finishAndReleaseAll();
  }
}
