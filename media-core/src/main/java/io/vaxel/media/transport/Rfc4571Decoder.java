package io.vaxel.media.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import io.vaxel.media.packet.PacketBuffer;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Cuts a TCP stream into datagrams: each has its length in two bytes in front (RFC 4571 section 2).
 * Hands every datagram on in one {@link PacketBuffer} of its own, good for that call only.
 * Datagrams of length zero are skipped; one that is longer than {@link PacketBuffer#CAPACITY}
 * cannot be one of ours, and ends in an exception after which nothing more is decoded.
 */
final class Rfc4571Decoder extends ByteToMessageDecoder {
  static final int HEADER_LENGTH = 2;

  private final PacketBuffer packet = PacketBuffer.allocate();
  private final ByteBuffer window = packet.bytes().duplicate();
  private boolean corrupted;

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (corrupted) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (in.readableBytes() < HEADER_LENGTH) {
      return;
    }
    int length = in.getUnsignedShort(in.readerIndex());
    if (length > PacketBuffer.CAPACITY) {
      corrupted = true;
      throw new CorruptedFrameException("a datagram of " + length + " bytes");
    }
    if (in.readableBytes() < HEADER_LENGTH + length) {
      return;
    }
    in.skipBytes(HEADER_LENGTH);
    if (length > 0) {
      window.clear().limit(length);
      in.readBytes(window);
      packet.length(length);
      // Not through 'out': that would keep the buffer beyond this call.
      ctx.fireChannelRead(packet);
    }
  }
}
