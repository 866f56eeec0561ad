package io.vaxel.media.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datagrams through real loopback sockets, by both kinds of port. */
class UdpPortTest {
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<UdpPath> strangers = new LinkedBlockingQueue<>();

  private static <T> T on(MediaLoop loop, Callable<T> task) throws Exception {
    return loop.eventLoop().submit(task).get(10, TimeUnit.SECONDS);
  }

  /** The first byte is that of STUN, so that strangers are let in. */
  private static byte[] datagram(int size, int content) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) content);
    bytes[0] = 1;
    return bytes;
  }

  private UdpPort receiver(MediaLoop loop) throws Exception {
    return on(
        loop,
        () ->
            UdpPort.bind(
                loop,
                LOOPBACK,
                (path, packet) -> {
                  strangers.add(path);
                  received.add(packet.toByteArray());
                }));
  }

  private static void send(MediaLoop loop, UdpPort port, InetSocketAddress to, byte[]... datagrams)
      throws Exception {
    on(
        loop,
        () -> {
          UdpPath path = port.pathTo(to);
          loop.runInBatch(
              () -> {
                for (byte[] datagram : datagrams) {
                  port.slot().copyFrom(datagram, 0, datagram.length);
                  port.commit(path);
                }
              });
          return null;
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void carriesRunsOfEqualAndUnequalSizesInOrder(boolean nativeTransport) throws Exception {
    MediaLoop loop = new MediaLoop("test", 1024, nativeTransport);
    UdpPort to = receiver(loop);
    UdpPort from = receiver(loop);
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), to.localPort());
    int[] sizes = {1200, 1200, 1200, 700, 1201, 1201, 60, 60, 1500, 1500, 1500, 1500, 20, 1200};
    byte[][] datagrams = new byte[sizes.length][];
    for (int i = 0; i < sizes.length; i++) {
      datagrams[i] = datagram(sizes[i], i + 1);
    }
    send(loop, from, address, datagrams);
    for (byte[] expected : datagrams) {
      org.junit.jupiter.api.Assertions.assertArrayEquals(
          expected, received.poll(10, TimeUnit.SECONDS));
    }
    assertEquals(sizes.length, from.counters().sent());
    assertEquals(0, from.counters().dropped());
    on(loop, () -> close(to, from));
    assertEquals(0, on(loop, () -> loop.pool().inUse()));
    loop.close();
  }

  private static int close(UdpPort... ports) {
    for (UdpPort port : ports) {
      port.close();
    }
    return ports.length;
  }

  @Test
  void sendsEqualNeighboursInFewSystemCalls() throws Exception {
    MediaLoop loop = new MediaLoop("test", 1024);
    UdpPort to = receiver(loop);
    UdpPort from = receiver(loop);
    byte[][] datagrams = new byte[100][];
    Arrays.setAll(datagrams, i -> datagram(1000, i + 1));
    send(
        loop,
        from,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), to.localPort()),
        datagrams);
    for (int i = 0; i < 100; i++) {
      assertEquals((byte) (i + 1), received.poll(10, TimeUnit.SECONDS)[5]);
    }
    assertTrue(from.counters().sendCalls() <= 2, "calls: " + from.counters().sendCalls());
    on(loop, () -> close(to, from));
    loop.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deliversToTheOwnerOnceAPathIsClaimed(boolean nativeTransport) throws Exception {
    MediaLoop loop = new MediaLoop("test", 1024, nativeTransport);
    UdpPort to = receiver(loop);
    UdpPort from = receiver(loop);
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), to.localPort());
    send(loop, from, address, datagram(100, 1));
    UdpPath stranger = strangers.poll(10, TimeUnit.SECONDS);
    assertEquals(100, received.poll(10, TimeUnit.SECONDS).length);
    BlockingQueue<byte[]> owned = new LinkedBlockingQueue<>();
    PathOwner owner =
        (path, packet) -> {
          owned.add(packet.toByteArray());
          // Keep every packet: the port must go on with the replacement.
          PacketBuffer replacement = loop.pool().take();
          return replacement == null ? packet : replacement;
        };
    on(
        loop,
        () -> {
          stranger.claim(owner);
          return null;
        });
    byte[][] media = new byte[200][];
    Arrays.setAll(
        media,
        i -> {
          byte[] bytes = datagram(300, i);
          bytes[0] = (byte) 0x80;
          return bytes;
        });
    send(loop, from, address, media);
    for (int i = 0; i < media.length; i++) {
      assertEquals((byte) i, owned.poll(10, TimeUnit.SECONDS)[9]);
    }
    assertEquals(1, to.claimedPaths());
    on(
        loop,
        () -> {
          stranger.release(owner);
          return null;
        });
    assertEquals(0, to.claimedPaths());
    send(loop, from, address, media[0]);
    send(loop, from, address, datagram(50, 9));
    assertEquals(50, received.poll(10, TimeUnit.SECONDS).length);
    assertEquals(1, to.strangersDropped());
    on(loop, () -> close(to, from));
    loop.close();
  }
}
