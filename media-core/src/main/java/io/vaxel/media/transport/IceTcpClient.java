package io.vaxel.media.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;

/** The side that opens ICE-TCP connections (an active candidate, RFC 6544 section 4.1). */
public final class IceTcpClient {
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  private IceTcpClient() {}

  /**
   * Opens a connection.
   *
   * @param loop of Netty's epoll or NIO kind, where the path and its listener live
   * @param listener told of datagrams, and of the end once the connection was open
   * @return completed on the loop, with the open path or the reason why there is none
   */
  public static Future<TcpPath> connect(
      EventLoop loop, InetSocketAddress remote, IceTcpPort.Listener listener) {
    Promise<TcpPath> opened = loop.newPromise();
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(IceTcpPort.isEpoll(loop) ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, TcpPath.OUTPUT)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Rfc4571Decoder());
                  }
                })
            .connect(remote);
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            opened.setFailure(done.cause());
            return;
          }
          TcpPath path = new TcpPath(connecting.channel(), remote);
          connecting
              .channel()
              .pipeline()
              .addLast(new IceTcpConnection(path, listener, null, IceTcpLimits.DEFAULT.stall()));
          opened.setSuccess(path);
        });
    return opened;
  }
}
