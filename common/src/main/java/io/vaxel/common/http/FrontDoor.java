package io.vaxel.common.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.vaxel.common.tls.TlsIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one TCP port of a server: TLS, and plain HTTP for callers on the same machine; Jakarta REST
 * on virtual threads, WebSockets on the loops, files, health. From {@link #open} on it answers
 * {@code /health/live}; requests reach services from {@link #serve} on, so that what needs the port
 * number can be built in between. All methods from any thread.
 */
// Writes and closes whose outcome nobody waits for: a failed one has ended the connection already.
@SuppressWarnings("FutureReturnValueIgnored")
public final class FrontDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
  private static final int BACKLOG = 1024;
  private static final long POLL_MILLIS = 5;

  private final HttpLimits limits;
  private final BodyBudget budget;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final ChannelGroup webSockets = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final ExecutorService virtualThreads;
  private final Dispatcher dispatcher;
  private final EventLoopGroup loops;
  private final Channel listener;
  private volatile SslContext tls;
  private @Nullable RestBridge rest;
  private boolean closed;

  private FrontDoor(FrontDoorConfig config, TlsIdentity identity) throws IOException {
    this.limits = config.limits();
    this.budget = new BodyBudget(limits.maxBodyBytesInMemory());
    this.tls = identity.serverContext();
    this.virtualThreads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("rest-", 0).factory());
    this.dispatcher = new Dispatcher(limits, config.cors(), webSockets, virtualThreads);
    this.loops =
        new MultiThreadIoEventLoopGroup(
            config.loops(),
            new DefaultThreadFactory("http"),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    try {
      this.listener = listen(config.address());
    } catch (IOException e) {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      virtualThreads.shutdown();
      throw e;
    }
  }

  /**
   * Listens.
   *
   * @throws IOException when the address can't be had; the message says which and why
   */
  public static FrontDoor open(FrontDoorConfig config, TlsIdentity identity) throws IOException {
    return new FrontDoor(config, identity);
  }

  private Channel listen(InetSocketAddress address) throws IOException {
    Class<? extends ServerChannel> type =
        Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    try {
      return new ServerBootstrap()
          .group(loops)
          .channel(type)
          .option(ChannelOption.SO_BACKLOG, BACKLOG)
          .option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.TCP_NODELAY, true)
          .childHandler(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                  accept(channel);
                }
              })
          .bind(address)
          .syncUninterruptibly()
          .channel();
    } catch (ChannelException e) {
      throw cannotListen(address, e);
    } catch (Exception e) {
      // Netty rethrows the I/O exception of bind without declaring it.
      throw cannotListen(address, e);
    }
  }

  private static IOException cannotListen(InetSocketAddress address, Exception cause) {
    return new IOException("can't listen on TCP " + address + ": " + cause.getMessage(), cause);
  }

  private void accept(Channel channel) {
    if (connections.size() >= limits.maxConnections()) {
      channel.close();
      return;
    }
    connections.add(channel);
    RequestDeadline deadline = new RequestDeadline(limits, System::nanoTime);
    channel
        .pipeline()
        .addLast(
            new TlsOrPlain(() -> tls, limits.headerTimeout()),
            deadline,
            new HttpRequestDecoder(
                new HttpDecoderConfig()
                    .setMaxInitialLineLength(limits.maxRequestLineBytes())
                    .setMaxHeaderSize(limits.maxHeaderBytes())),
            new HttpResponseEncoder(),
            new HttpConnection(limits, budget, deadline, dispatcher));
  }

  /** The TCP port, also when it was asked for as 0. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** From now on requests reach these routes; call once. */
  public void serve(Routes routes) {
    RestBridge bridge = new RestBridge(routes.rest(), routes.publicEndpoint(), virtualThreads);
    rest = bridge;
    dispatcher.serve(routes, bridge);
  }

  /** From now on this one is told of every request that was answered; there is one at most. */
  public void observe(RequestObserver observer) {
    dispatcher.observe(observer);
  }

  /** Uses another certificate for new connections. */
  public void use(TlsIdentity identity) {
    tls = identity.serverContext();
  }

  /** Open connections, WebSockets included. */
  public int connectionCount() {
    return connections.size();
  }

  /** Open WebSockets. */
  public int webSocketCount() {
    return webSockets.size();
  }

  /** Requests that are being answered. */
  public int requestsInFlight() {
    return dispatcher.requestsInFlight();
  }

  /** Memory that request bodies take now, in bytes. */
  public long bodyBytesInMemory() {
    return budget.used();
  }

  /**
   * Stops: takes no more connections, refuses new requests, closes WebSockets with 1001 and idle
   * connections, waits for what runs within the stop timeout, then cuts the rest.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    long deadline = System.nanoTime() + limits.stopTimeout().toNanos();
    listener.close().syncUninterruptibly();
    dispatcher.stop();
    webSockets.forEach(
        socket ->
            socket.writeAndFlush(
                new CloseWebSocketFrame(
                    WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, "the server is stopping")));
    connections.forEach(FrontDoor::closeIfIdle);
    awaitNone(deadline);
    if (!connections.isEmpty()) {
      LOG.info("{} connections are cut: they did not end in time", connections.size());
    }
    connections.close().awaitUninterruptibly();
    virtualThreads.shutdownNow();
    if (rest != null) {
      rest.close();
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static void closeIfIdle(Channel channel) {
    channel
        .eventLoop()
        .execute(
            () -> {
              ChannelHandlerContext ctx = channel.pipeline().context(HttpConnection.class);
              if (ctx != null) {
                ((HttpConnection) ctx.handler()).closeIfIdle(ctx);
              }
            });
  }

  private void awaitNone(long deadline) {
    try {
      while (!connections.isEmpty() && System.nanoTime() - deadline < 0) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
