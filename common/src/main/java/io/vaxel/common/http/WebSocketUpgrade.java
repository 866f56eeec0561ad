package io.vaxel.common.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP connection into a WebSocket (RFC 6455 section 4.2), without extensions. */
// Writes and closes whose outcome nobody waits for: a failed one has ended the connection already.
@SuppressWarnings("FutureReturnValueIgnored")
final class WebSocketUpgrade {
  private WebSocketUpgrade() {}

  /** Upgrades, or refuses with the reason. On the connection's loop. */
  static void to(WebSocketEndpoint endpoint, HttpExchange exchange, ChannelGroup openSockets) {
    HttpRequest request = exchange.request();
    if (!request.method().equals(HttpMethod.GET)
        || !request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
      exchange.refuse(Refusal.UPGRADE_REQUIRED);
      return;
    }
    if (!offers(request, endpoint.subprotocol())) {
      exchange.refuse(Refusal.SUBPROTOCOL);
      return;
    }
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(
                "", endpoint.subprotocol(), decoderConfig(endpoint.maxMessageBytes()))
            .newHandshaker(request);
    if (handshaker == null) {
      exchange.refuse(Refusal.WEBSOCKET_HANDSHAKE);
      return;
    }
    upgrade(handshaker, endpoint, exchange, openSockets);
  }

  private static boolean offers(HttpRequest request, @Nullable String subprotocol) {
    return subprotocol == null
        || request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
            .flatMap(list -> Arrays.stream(list.split(",", 32)))
            .anyMatch(offered -> offered.strip().equals(subprotocol));
  }

  private static WebSocketDecoderConfig decoderConfig(int maxMessageBytes) {
    return WebSocketDecoderConfig.newBuilder()
        .maxFramePayloadLength(maxMessageBytes)
        .allowExtensions(false)
        .expectMaskedFrames(true)
        // The guard closes instead, and goes on reading for a moment so that the reason arrives.
        .closeOnProtocolViolation(false)
        .build();
  }

  private static void upgrade(
      WebSocketServerHandshaker handshaker,
      WebSocketEndpoint endpoint,
      HttpExchange exchange,
      ChannelGroup openSockets) {
    Channel channel = exchange.channel();
    HttpRequest request = exchange.request();
    DefaultFullHttpRequest handshake =
        new DefaultFullHttpRequest(
            request.protocolVersion(),
            request.method(),
            request.uri(),
            Unpooled.EMPTY_BUFFER,
            request.headers(),
            EmptyHttpHeaders.INSTANCE);
    try {
      handshaker
          .handshake(channel, handshake, exchange.upgradeHeaders(), channel.newPromise())
          .addListener(
              written -> {
                if (!written.isSuccess()) {
                  channel.close();
                }
              });
    } catch (WebSocketHandshakeException e) {
      exchange.refuse(Refusal.WEBSOCKET_HANDSHAKE);
      return;
    }
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(new Utf8FrameValidator(false));
    pipeline.addLast(new WebSocketFrameAggregator(endpoint.maxMessageBytes()));
    pipeline.addLast(new WebSocketGuard(openSockets));
    pipeline.addLast(endpoint.newHandler());
    pipeline.addLast(new WebSocketGuard.Tail());
    exchange.upgraded();
  }
}
