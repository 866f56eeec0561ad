package io.vaxel.media.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.stun.StunMessage;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one ICE-TCP connection behind its {@link Rfc4571Decoder}: brings datagrams to the
 * listener, and closes what sends garbage, what never makes a right check, and what stops reading.
 */
final class IceTcpConnection extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(IceTcpConnection.class);

  private final TcpPath path;
  private final IceTcpPort.Listener listener;
  private final @Nullable Duration firstCheck;
  private final Duration stall;
  private @Nullable Future<?> firstCheckTimer;
  private @Nullable Future<?> stallTimer;

  /**
   * @param firstCheck how long the path may stay without an owner; null for no limit, on the side
   *     that opened the connection
   */
  IceTcpConnection(
      TcpPath path, IceTcpPort.Listener listener, @Nullable Duration firstCheck, Duration stall) {
    this.path = path;
    this.listener = listener;
    this.firstCheck = firstCheck;
    this.stall = stall;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (firstCheck != null) {
      firstCheckTimer =
          ctx.executor()
              .schedule(
                  () -> {
                    if (path.attachment() == null) {
                      path.close();
                    }
                  },
                  firstCheck.toNanos(),
                  TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    PacketBuffer packet = (PacketBuffer) message;
    if (!path.isOpen()) {
      return; // what was read before a close in the middle of it
    }
    if (firstCheck != null
        && path.attachment() == null
        && !StunMessage.looksLikeStun(packet.bytes(), 0, packet.length())) {
      path.close();
      return;
    }
    listener.received(path, packet);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    cancel(stallTimer);
    stallTimer = null;
    if (!ctx.channel().isWritable()) {
      stallTimer = ctx.executor().schedule(path::close, stall.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancel(firstCheckTimer);
    cancel(stallTimer);
    listener.closed(path);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    log.debug("closing {}: {}", path, cause.toString());
    path.close();
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
