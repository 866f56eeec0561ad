package io.vaxel.media.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vaxel.media.packet.PacketBuffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A listening ICE-TCP port (RFC 6544) of one loop: every accepted connection is a {@link TcpPath}.
 * Everything happens on the loop; the constructor and {@link #close} may be called from elsewhere.
 */
public final class IceTcpPort implements AutoCloseable {
  /** Who receives what the connections bring. Called on the loop. */
  public interface Listener {
    /** One datagram; {@code packet} is lent for this call only. */
    void received(TcpPath path, PacketBuffer packet);

    /** The connection is closed; nothing more comes from it. Called once for every path. */
    void closed(TcpPath path);
  }

  private final EventLoop loop;
  private final IceTcpLimits limits;
  private final Listener listener;
  private final Channel server;
  private final Set<Channel> connections = new HashSet<>();
  private final Map<InetAddress, Integer> connectionsByAddress = new HashMap<>();
  private volatile int open;
  private volatile long refused;

  /** Listens with the usual limits; see the other constructor. */
  public IceTcpPort(EventLoop loop, InetSocketAddress bind, Listener listener) throws IOException {
    this(loop, bind, listener, IceTcpLimits.DEFAULT);
  }

  /**
   * Listens.
   *
   * @param loop of Netty's epoll or NIO kind; all connections live on it
   * @param bind address and port, 0 for any
   * @throws IOException when the address cannot be bound
   */
  public IceTcpPort(EventLoop loop, InetSocketAddress bind, Listener listener, IceTcpLimits limits)
      throws IOException {
    this.loop = loop;
    this.limits = limits;
    this.listener = listener;
    ChannelFuture registered =
        new ServerBootstrap()
            .group(loop, loop)
            .channel(serverChannel(loop))
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, TcpPath.OUTPUT)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    accept(connection);
                  }
                })
            .register();
    server = registered.channel();
    await(registered);
    await(server.bind(bind));
  }

  /** On the loop both steps are done when they return; elsewhere they are waited for. */
  private void await(ChannelFuture step) throws IOException {
    if (!loop.inEventLoop()) {
      step.awaitUninterruptibly();
    }
    if (!step.isSuccess()) {
      close(server);
      throw new IOException("cannot listen for ICE-TCP", step.cause());
    }
  }

  private static Class<? extends ServerChannel> serverChannel(EventLoop loop) {
    return isEpoll(loop) ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  static boolean isEpoll(EventLoop loop) {
    return loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class);
  }

  private void accept(Channel connection) {
    InetSocketAddress remote = (InetSocketAddress) connection.remoteAddress();
    if (remote == null || !admit(connection, remote.getAddress())) {
      close(connection);
      return;
    }
    TcpPath path = new TcpPath(connection, remote);
    connection
        .pipeline()
        .addLast(
            new Rfc4571Decoder(),
            new IceTcpConnection(path, listener, limits.firstCheck(), limits.stall()));
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by the loop only, read by anybody
  private boolean admit(Channel connection, InetAddress address) {
    int fromThere = connectionsByAddress.getOrDefault(address, 0);
    if (connections.size() >= limits.connections() || fromThere >= limits.connectionsPerAddress()) {
      refused++;
      return false;
    }
    connections.add(connection);
    connectionsByAddress.put(address, fromThere + 1);
    open = connections.size();
    var _ = connection.closeFuture().addListener(closed -> forget(connection, address));
    return true;
  }

  private void forget(Channel connection, InetAddress address) {
    connections.remove(connection);
    connectionsByAddress.computeIfPresent(address, (a, count) -> count == 1 ? null : count - 1);
    open = connections.size();
  }

  /** The port number that was bound. */
  public int localPort() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** Connections that are open now. Any thread. */
  public int openConnections() {
    return open;
  }

  /** Connections that were closed on arrival because a limit was reached. Any thread. */
  public long refusedConnections() {
    return refused;
  }

  /** Stops listening and closes every connection. Any thread; complete soon after. */
  @Override
  public void close() {
    close(server);
    if (loop.inEventLoop()) {
      closeConnections();
    } else {
      loop.execute(this::closeConnections);
    }
  }

  private void closeConnections() {
    Set.copyOf(connections).forEach(IceTcpPort::close);
  }

  private static void close(Channel channel) {
    var _ = channel.close(); // its close listeners do the rest
  }
}
