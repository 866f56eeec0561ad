package io.vaxel.media.transport;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.vaxel.media.packet.PacketBuffer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP port on Linux without garbage: datagrams come in through {@code recvmmsg} and leave through
 * {@link DatagramBatch}, on a descriptor that Netty's epoll loop watches.
 */
final class NativeUdpPort extends UdpPort implements EpollIoHandle {
  private static final Logger log = LoggerFactory.getLogger(NativeUdpPort.class);

  /** Datagrams per receive call. */
  private static final int RECEIVE_BATCH = 64;

  /** Receive calls per wake-up, so that a flood does not starve timers and tasks. */
  private static final int MAX_BATCHES = 8;

  /** What we ask the kernel for; it may give less. Holds 4 MiB: a second of a busy call. */
  private static final int SOCKET_BUFFER = 4 << 20;

  /**
   * Wake-ups closer together than this are worth collecting: waking a thread costs as much as
   * forwarding several packets (reference measurements: 20 to 25 µs against 3).
   */
  private static final long BUSY_INTERVAL_NANOS = 1_000_000;

  /** How long a busy port collects before it looks again. */
  private static final long COLLECT_NANOS = 500_000;

  private final int fd;
  private final FileDescriptor descriptor;
  private final NativeAddress addressing;
  private final int boundPort;
  private final UdpCounters counters = new UdpCounters();
  private final DatagramBatch batch;
  private final IoRegistration registration;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment errno = LinuxSockets.newErrno(arena);
  private final MessageHeaders received = new MessageHeaders(arena, RECEIVE_BATCH, RECEIVE_BATCH);
  private final PacketBuffer[] ring = new PacketBuffer[RECEIVE_BATCH];
  private long lastWakeNanos;
  private boolean closed;

  NativeUdpPort(MediaLoop loop, InetSocketAddress bind, Stranger stranger) throws IOException {
    super(loop, stranger);
    boolean dualStack =
        bind.getAddress() instanceof Inet6Address || bind.getAddress().isAnyLocalAddress();
    Bound bound = bindSocket(bind, dualStack);
    this.fd = bound.fd;
    this.addressing = bound.addressing;
    this.boundPort = bound.port;
    this.descriptor = new FileDescriptor(fd);
    this.batch = new DatagramBatch(fd, counters);
    for (int i = 0; i < RECEIVE_BATCH; i++) {
      PacketBuffer buffer = loop.pool().take();
      if (buffer == null) {
        throw new IOException("no packet memory left for another port");
      }
      ring[i] = buffer;
      received.payload(i, buffer.segment(), PacketBuffer.CAPACITY);
      received.beginMessage(i, i);
      received.addSegment(i);
    }
    try {
      this.registration = ((IoEventLoop) loop.eventLoop()).register(this).sync().getNow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    registration.submit(EpollIoOps.EPOLLIN);
  }

  private record Bound(int fd, NativeAddress addressing, int port) {}

  private static Bound bindSocket(InetSocketAddress bind, boolean dualStack) throws IOException {
    if (dualStack) {
      try {
        return bindSocket(bind, NativeAddress.V6);
      } catch (IOException e) {
        if (!bind.getAddress().isAnyLocalAddress()) {
          throw e;
        }
        log.info("IPv6 is not available ({}), using IPv4 only", e.getMessage());
      }
    }
    return bindSocket(bind, NativeAddress.V4);
  }

  private static Bound bindSocket(InetSocketAddress bind, NativeAddress addressing)
      throws IOException {
    int fd = LinuxSockets.socket(addressing.family());
    try (Arena arena = Arena.ofConfined()) {
      if (addressing == NativeAddress.V6) {
        LinuxSockets.setOption(fd, LinuxSockets.IPPROTO_IPV6, LinuxSockets.IPV6_V6ONLY, 0);
      }
      enlarge(fd, LinuxSockets.SO_RCVBUFFORCE, LinuxSockets.SO_RCVBUF);
      enlarge(fd, LinuxSockets.SO_SNDBUFFORCE, LinuxSockets.SO_SNDBUF);
      MemorySegment address = arena.allocate(addressing.size(), 8);
      ByteBuffer bytes = address.asByteBuffer();
      InetAddress ip = bind.getAddress();
      if (ip.isAnyLocalAddress()) {
        addressing.write(bytes, 0, 0, 0, bind.getPort());
      } else {
        addressing.write(bytes, 0, NativeAddress.high(ip), NativeAddress.low(ip), bind.getPort());
      }
      LinuxSockets.bind(fd, address);
      LinuxSockets.localAddress(fd, address);
      return new Bound(fd, addressing, addressing.port(bytes, 0));
    } catch (IOException e) {
      new FileDescriptor(fd).close();
      throw new IOException("cannot bind UDP " + bind + ": " + e.getMessage(), e);
    }
  }

  private static void enlarge(int fd, int forced, int polite) {
    if (!LinuxSockets.setOption(fd, LinuxSockets.SOL_SOCKET, forced, SOCKET_BUFFER)) {
      LinuxSockets.setOption(fd, LinuxSockets.SOL_SOCKET, polite, SOCKET_BUFFER);
    }
  }

  @Override
  public FileDescriptor fd() {
    return descriptor;
  }

  @Override
  public void handle(IoRegistration source, IoEvent event) {
    MediaLoop loop = loop();
    loop.beginBatch();
    try {
      for (int i = 0; i < MAX_BATCHES && !closed; i++) {
        if (!receiveBatch()) {
          break;
        }
      }
    } finally {
      loop.endBatch();
    }
    collectWhenBusy(loop);
  }

  /** Lets packets gather when wake-ups come thick, instead of being woken for each of them. */
  private void collectWhenBusy(MediaLoop loop) {
    long now = loop.nanoTime();
    if (now - lastWakeNanos < BUSY_INTERVAL_NANOS) {
      LockSupport.parkNanos(COLLECT_NANOS);
    }
    lastWakeNanos = now;
  }

  /** Receives once; true when the batch was full, so that there may be more. */
  private boolean receiveBatch() {
    int count = LinuxSockets.receive(errno, fd, received.segment(), RECEIVE_BATCH);
    if (count <= 0) {
      return false;
    }
    counters.addReceived(count);
    ByteBuffer names = received.names();
    for (int i = 0; i < count; i++) {
      PacketBuffer packet = ring[i];
      if ((received.flags(i) & LinuxSockets.MSG_TRUNC) == 0) {
        packet.length(received.receivedLength(i));
        PacketBuffer replacement = dispatch(names, i * MessageHeaders.NAME_SIZE, packet);
        if (replacement != packet) {
          ring[i] = replacement;
          received.payload(i, replacement.segment(), PacketBuffer.CAPACITY);
        }
      }
      received.resetName(i);
    }
    // The owners look at packets once more when the batch ends, before the ring is filled again.
    loop().runBatchTasks();
    return count == RECEIVE_BATCH;
  }

  private PacketBuffer dispatch(ByteBuffer names, int offset, PacketBuffer packet) {
    long high = addressing.high(names, offset);
    long low = addressing.low(names, offset);
    int port = addressing.port(names, offset);
    UdpPath path = find(high, low, port);
    if (path != null) {
      return deliver(path, packet);
    }
    if (admitsStranger(packet)) {
      byte[] nativeAddress = new byte[addressing.size()];
      names.get(offset, nativeAddress);
      deliverStranger(new UdpPath(this, high, low, port, nativeAddress), packet);
    }
    return packet;
  }

  @Override
  public int localPort() {
    return boundPort;
  }

  @Override
  public PacketBuffer slot() {
    return batch.slot();
  }

  @Override
  public void commit(UdpPath path) {
    batch.commit(path.nativeAddress);
    loop().flushLater(this);
  }

  @Override
  public void flush() {
    batch.flush();
  }

  @Override
  boolean isOpen() {
    return !closed;
  }

  @Override
  public UdpPath pathTo(InetSocketAddress peer) {
    InetAddress ip = peer.getAddress();
    if (addressing == NativeAddress.V4 && !(ip instanceof Inet4Address)) {
      throw new IllegalArgumentException("an IPv4 port cannot reach " + peer);
    }
    long high = NativeAddress.high(ip);
    long low = NativeAddress.low(ip);
    UdpPath known = find(high, low, peer.getPort());
    if (known != null) {
      return known;
    }
    ByteBuffer bytes = ByteBuffer.allocate(addressing.size());
    addressing.write(bytes, 0, high, low, peer.getPort());
    return new UdpPath(this, high, low, peer.getPort(), bytes.array());
  }

  @Override
  public UdpCounters counters() {
    return counters;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    batch.flush();
    registration.cancel();
    try {
      descriptor.close();
    } catch (IOException e) {
      log.debug("closing UDP port {}", boundPort, e);
    }
    for (@Nullable PacketBuffer buffer : ring) {
      if (buffer != null) {
        loop().pool().release(buffer);
      }
    }
    batch.close();
    arena.close();
  }
}
