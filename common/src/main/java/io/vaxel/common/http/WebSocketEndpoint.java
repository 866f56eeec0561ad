package io.vaxel.common.http;

import io.netty.channel.ChannelHandler;
import org.jspecify.annotations.Nullable;

/**
 * A kind of WebSocket connection that the front door upgrades requests to, told apart by its path.
 */
public interface WebSocketEndpoint {
  /** The exact path, such as {@code /calling/v1}. */
  String path();

  /** The subprotocol that a client must ask for, or null when none is spoken. */
  @Nullable String subprotocol();

  /**
   * Longest message in bytes; a longer one closes the connection with status 1009, after the
   * handler was told of a {@code TooLongFrameException}.
   */
  int maxMessageBytes();

  /**
   * The handler of one new connection. It is added to the pipeline after the upgrade, receives
   * whole messages as {@code BinaryWebSocketFrame} or {@code TextWebSocketFrame} (ping, pong and
   * close are answered before it; of a close it hears as {@link WebSocketClosed}), and runs on the
   * connection's loop.
   */
  ChannelHandler newHandler();
}
