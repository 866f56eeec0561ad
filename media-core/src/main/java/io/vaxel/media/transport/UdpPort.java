package io.vaxel.media.transport;

import io.vaxel.media.packet.PacketBuffer;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One bound UDP port on one loop. Datagrams from claimed addresses go to their owner, all others to
 * the {@link Stranger}. Output is gathered: {@link #slot()} lends memory for one datagram, {@link
 * #commit} adds it to the batch, and the loop flushes when the work that caused it is done. Used on
 * the loop's thread only.
 */
public abstract class UdpPort implements AutoCloseable {
  /** Who receives datagrams from addresses that nobody has claimed. */
  public interface Stranger {
    /** One datagram; {@code packet} is lent for the call. */
    void received(UdpPath path, PacketBuffer packet);
  }

  private final MediaLoop loop;
  private final Stranger stranger;
  private final AddressTable<UdpPath> paths = new AddressTable<>();
  private long strangersDropped;

  UdpPort(MediaLoop loop, Stranger stranger) {
    this.loop = loop;
    this.stranger = stranger;
  }

  /**
   * Binds a port on {@code loop}, natively on Linux and through Netty elsewhere. Must be called on
   * the loop.
   *
   * @param address where to bind; the wildcard address takes IPv6 and IPv4 where the host has both
   */
  public static UdpPort bind(MediaLoop loop, InetSocketAddress address, Stranger stranger)
      throws IOException {
    return loop.isNative()
        ? new NativeUdpPort(loop, address, stranger)
        : new NettyUdpPort(loop, address, stranger);
  }

  /** The bound port number. */
  public abstract int localPort();

  /** Memory for the next datagram; fill it and call {@link #commit}. */
  public abstract PacketBuffer slot();

  /** Adds what {@link #slot()} holds to the batch for {@code path}. */
  public abstract void commit(UdpPath path);

  /** Sends everything that was committed. */
  public abstract void flush();

  /** False once the port is closed. */
  abstract boolean isOpen();

  /** A path to a peer whose address is known beforehand, for who starts the conversation. */
  public abstract UdpPath pathTo(InetSocketAddress peer);

  /** Datagrams sent, received, and dropped because the socket's send buffer was full. */
  public abstract UdpCounters counters();

  /** The claimed path of an address, or null. */
  final @Nullable UdpPath find(long addressHigh, long addressLow, int remotePort) {
    return paths.get(addressHigh, addressLow, remotePort);
  }

  /** Hands one datagram to the owner of {@code path}; the answer takes its place in the ring. */
  final PacketBuffer deliver(UdpPath path, PacketBuffer packet) {
    PathOwner owner = path.owner();
    return owner == null ? packet : owner.received(path, packet);
  }

  /** Hands one datagram from an unclaimed address on, if it can be STUN (RFC 7983 section 7). */
  final void deliverStranger(UdpPath path, PacketBuffer packet) {
    stranger.received(path, packet);
  }

  /** Whether a datagram from an unclaimed address is worth looking at; counts it when not. */
  final boolean admitsStranger(PacketBuffer packet) {
    if (packet.length() >= 20 && (packet.bytes().get(0) & 0xFC) == 0) {
      return true;
    }
    strangersDropped++;
    return false;
  }

  final MediaLoop loop() {
    return loop;
  }

  /** Datagrams from unclaimed addresses that were not STUN. */
  public final long strangersDropped() {
    return strangersDropped;
  }

  /** Addresses that are claimed now. */
  public final int claimedPaths() {
    return paths.size();
  }

  void register(UdpPath path) {
    paths.put(path.addressHigh(), path.addressLow(), path.remoteAddress().getPort(), path);
  }

  void unregister(UdpPath path) {
    int remotePort = path.remoteAddress().getPort();
    if (paths.get(path.addressHigh(), path.addressLow(), remotePort) == path) {
      paths.remove(path.addressHigh(), path.addressLow(), remotePort);
    }
  }

  @Override
  public abstract void close();
}
