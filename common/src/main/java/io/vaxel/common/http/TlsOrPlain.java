package io.vaxel.common.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells TLS from plain HTTP by the first byte: a TLS handshake record begins with 22 (RFC 8446
 * section 5.1), which no HTTP request does. Plain HTTP is for callers on this machine; others get
 * 403 and the connection ends. A caller that says nothing is cut off.
 */
// Writes and closes whose outcome nobody waits for: a failed one has ended the connection already.
@SuppressWarnings("FutureReturnValueIgnored")
final class TlsOrPlain extends ByteToMessageDecoder {
  private static final byte TLS_HANDSHAKE = 22;

  private final Supplier<SslContext> tls;
  private final Duration timeout;
  private @Nullable Future<?> timer;
  private boolean refused;

  TlsOrPlain(Supplier<SslContext> tls, Duration timeout) {
    this.tls = tls;
    this.timeout = timeout;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    timer = ctx.executor().schedule(() -> ctx.close(), timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (refused) {
      in.skipBytes(in.readableBytes());
    } else if (in.getByte(in.readerIndex()) == TLS_HANDSHAKE) {
      SslHandler handler = tls.get().newHandler(ctx.alloc());
      handler.setHandshakeTimeoutMillis(timeout.toMillis());
      ctx.pipeline().replace(this, "tls", handler);
    } else if (isLocal(ctx)) {
      ctx.pipeline().remove(this);
    } else {
      refused = true;
      in.skipBytes(in.readableBytes());
      refuse(ctx);
    }
  }

  private static boolean isLocal(ChannelHandlerContext ctx) {
    return ctx.channel().remoteAddress() instanceof InetSocketAddress remote
        && remote.getAddress() != null
        && remote.getAddress().isLoopbackAddress();
  }

  private static void refuse(ChannelHandlerContext ctx) {
    byte[] body = Refusal.PLAIN_HTTP.body();
    String head =
        "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n";
    ctx.writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), body))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
