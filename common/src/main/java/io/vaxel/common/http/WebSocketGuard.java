package io.vaxel.common.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Control frames and the closing handshake of one WebSocket (RFC 6455 sections 5.5 and 7), so that
 * an endpoint sees messages only. Whoever closes, the other side has some seconds to agree.
 */
// Writes and closes whose outcome nobody waits for: a failed one has ended the connection already.
@SuppressWarnings("FutureReturnValueIgnored")
final class WebSocketGuard extends ChannelDuplexHandler {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketGuard.class);
  private static final long CLOSE_SECONDS = 5;

  private final ChannelGroup openSockets;
  private boolean closeSent;

  WebSocketGuard(ChannelGroup openSockets) {
    this.openSockets = openSockets;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    openSockets.add(ctx.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (closeSent && !(message instanceof CloseWebSocketFrame)) {
      ReferenceCountUtil.release(message);
      return;
    }
    switch (message) {
      case PingWebSocketFrame ping -> answerPing(ctx, ping);
      case PongWebSocketFrame pong -> pong.release();
      case CloseWebSocketFrame close -> closedByCaller(ctx, close);
      default -> ctx.fireChannelRead(message);
    }
  }

  private static void answerPing(ChannelHandlerContext ctx, PingWebSocketFrame ping) {
    if (ctx.channel().isWritable()) {
      ctx.writeAndFlush(new PongWebSocketFrame(ping.content()));
    } else {
      // A caller that pings and does not read must not fill the memory; it may miss a pong.
      ping.release();
    }
  }

  private void closedByCaller(ChannelHandlerContext ctx, CloseWebSocketFrame close) {
    int status = close.statusCode();
    close.release();
    if (closeSent) {
      ctx.close();
      return;
    }
    CloseWebSocketFrame echo =
        status < 0 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(true, 0, status, "");
    closeSent = true;
    ctx.fireUserEventTriggered(new WebSocketClosed(status));
    ctx.writeAndFlush(echo).addListener(written -> ctx.close());
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (closeSent) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new IllegalStateException("the WebSocket is closing"));
      return;
    }
    if (message instanceof CloseWebSocketFrame) {
      closeSent = true;
      ctx.executor().schedule(() -> ctx.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
    }
    ctx.write(message, promise);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case TooLongFrameException tooLong -> tooLong(ctx, tooLong);
      case CorruptedWebSocketFrameException corrupted -> {
        if (corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)) {
          tooLong(ctx, new TooLongFrameException(corrupted)); // one frame that is too long
        } else {
          closeWith(ctx, corrupted.closeStatus());
        }
      }
      default -> {
        LOG.debug("{}: {}", ctx.channel().remoteAddress(), cause.toString());
        ctx.close();
      }
    }
  }

  /** The endpoint may have something to say before the end. */
  private void tooLong(ChannelHandlerContext ctx, TooLongFrameException cause) {
    if (!closeSent) {
      ctx.fireExceptionCaught(cause);
      closeWith(ctx, WebSocketCloseStatus.MESSAGE_TOO_BIG);
    }
  }

  private void closeWith(ChannelHandlerContext ctx, WebSocketCloseStatus status) {
    if (!closeSent) {
      closeSent = true;
      ctx.writeAndFlush(new CloseWebSocketFrame(status));
      ctx.executor().schedule(() -> ctx.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** After the endpoint's handler: what it throws ends the connection with status 1011. */
  static final class Tail extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      if (cause instanceof TooLongFrameException) {
        return; // the guard closes
      }
      LOG.error("WebSocket handler failed", cause);
      ctx.channel()
          .writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.INTERNAL_SERVER_ERROR));
    }
  }
}
