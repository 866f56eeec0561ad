package io.vaxel.media.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.stun.Stun;
import io.vaxel.media.stun.StunWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections over real loopback sockets, on both kinds of loop. */
class IceTcpPortTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Remembers what came and, as a server, sends it back. */
  private static final class Recorder implements IceTcpPort.Listener {
    final LinkedBlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<TcpPath> closed = new LinkedBlockingQueue<>();
    private final boolean echo;

    Recorder(boolean echo) {
      this.echo = echo;
    }

    @Override
    public void received(TcpPath path, PacketBuffer packet) {
      received.add(packet.toByteArray());
      if (echo) {
        path.attach(this);
        path.send(packet);
      }
    }

    @Override
    public void closed(TcpPath path) {
      closed.add(path);
    }
  }

  private static <T> T next(LinkedBlockingQueue<T> queue) throws InterruptedException {
    T item = queue.poll(20, TimeUnit.SECONDS);
    assertNotNull(item);
    return item;
  }

  private static List<IoHandlerFactory> kinds() {
    List<IoHandlerFactory> kinds = new ArrayList<>(List.of(NioIoHandler.newFactory()));
    if (Epoll.isAvailable()) {
      kinds.add(EpollIoHandler.newFactory());
    }
    return kinds;
  }

  @Test
  void datagramsTravelBothWaysAndTheCapHolds() throws Exception {
    for (IoHandlerFactory kind : kinds()) {
      try (MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, kind)) {
        EventLoop loop = group.next();
        Recorder server = new Recorder(true);
        // Opened on the loop, where waiting is impossible, as a media port does.
        IceTcpPort port =
            loop.submit(() -> new IceTcpPort(loop, ANY, server, new IceTcpLimits(8, 1, LONG, LONG)))
                .get();
        InetSocketAddress address = new InetSocketAddress(ANY.getAddress(), port.localPort());
        Recorder client = new Recorder(false);
        TcpPath path = IceTcpClient.connect(loop, address, client).get(20, TimeUnit.SECONDS);
        PacketBuffer check = PacketBuffer.allocate();
        new StunWriter().begin(check, Stun.BINDING_REQUEST, 1, 2).fingerprint();
        loop.submit(() -> path.send(check)).get();
        assertArrayEquals(check.toByteArray(), next(server.received));
        assertArrayEquals(check.toByteArray(), next(client.received));
        assertEquals(1, port.openConnections());

        TcpPath second = IceTcpClient.connect(loop, address, client).get(20, TimeUnit.SECONDS);
        assertEquals(second, next(client.closed));
        assertEquals(1, port.refusedConnections());

        port.close();
        assertEquals(path, next(client.closed));
        next(server.closed);
        assertThrows(
            Exception.class,
            () -> IceTcpClient.connect(loop, address, client).get(20, TimeUnit.SECONDS));
        assertEquals(0, loop.submit(port::openConnections).get());
      }
    }
  }

  @Test
  void anAddressInUseIsAnError() throws IOException {
    try (MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
      try (IceTcpPort port = new IceTcpPort(group.next(), ANY, new Recorder(true))) {
        InetSocketAddress taken = new InetSocketAddress(ANY.getAddress(), port.localPort());
        assertThrows(
            IOException.class, () -> new IceTcpPort(group.next(), taken, new Recorder(true)));
      }
    }
  }
}
