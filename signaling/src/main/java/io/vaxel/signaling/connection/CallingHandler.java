package io.vaxel.signaling.connection;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vaxel.common.http.WebSocketClosed;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ties a {@link CallingConnection} to the life of its channel. */
final class CallingHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final Logger log = LoggerFactory.getLogger(CallingHandler.class);

  private final CallingServices services;
  private final Set<CallingConnection> open;
  private @Nullable CallingConnection connection;

  /**
   * @param open the open connections, a concurrent set
   */
  CallingHandler(CallingServices services, Set<CallingConnection> open) {
    this.services = services;
    this.open = open;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    connection = new CallingConnection(context, UUID.randomUUID().toString(), services);
    open.add(connection);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    if (connection != null) {
      connection.receive(frame);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    boolean forGood =
        event instanceof WebSocketClosed(int status)
            && status == WebSocketCloseStatus.NORMAL_CLOSURE.code();
    if (forGood && connection != null) {
      connection.goodbye();
    }
    super.userEventTriggered(context, event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    gone();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    gone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof TooLongFrameException) {
      if (connection != null) {
        connection.receiveTooLong();
      }
      return;
    }
    // A socket that breaks is everyday life; anything else is our mistake.
    if (cause instanceof IOException) {
      log.debug("A calling connection broke", cause);
    } else {
      log.error("A calling connection failed", cause);
    }
    ChannelFuture _ = context.close();
  }

  private void gone() {
    if (connection != null) {
      open.remove(connection);
      connection.gone();
      connection = null;
    }
  }
}
