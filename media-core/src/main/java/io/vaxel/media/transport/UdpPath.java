package io.vaxel.media.transport;

import io.vaxel.media.packet.PacketBuffer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** A peer's address on one of our UDP ports. Used on the port's loop only. */
public final class UdpPath implements Path {
  private static final long V4_MAPPED = 0xFFFF_0000_0000L;

  private final UdpPort port;
  private final long addressHigh;
  private final long addressLow;
  private final InetSocketAddress address;

  /** What the operating system calls this address, in the form of the port's sockets. */
  final byte[] nativeAddress;

  /** Who receives what comes from this address; null until the address has proved itself (ICE). */
  private @Nullable PathOwner owner;

  UdpPath(UdpPort port, long addressHigh, long addressLow, int remotePort, byte[] nativeAddress) {
    this.port = port;
    this.addressHigh = addressHigh;
    this.addressLow = addressLow;
    this.address = new InetSocketAddress(toInetAddress(addressHigh, addressLow), remotePort);
    this.nativeAddress = nativeAddress;
  }

  private static InetAddress toInetAddress(long high, long low) {
    byte[] bytes;
    if (isV4(high, low)) {
      bytes = new byte[] {(byte) (low >> 24), (byte) (low >> 16), (byte) (low >> 8), (byte) low};
    } else {
      bytes = new byte[16];
      for (int i = 0; i < 8; i++) {
        bytes[i] = (byte) (high >> (56 - 8 * i));
        bytes[8 + i] = (byte) (low >> (56 - 8 * i));
      }
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 bytes are always an address", e);
    }
  }

  static boolean isV4(long high, long low) {
    return high == 0 && (low & 0xFFFF_FFFF_0000_0000L) == V4_MAPPED;
  }

  /** An IPv4 address as the low half of its IPv4-mapped IPv6 address. */
  static long mapV4(int v4) {
    return V4_MAPPED | (v4 & 0xFFFF_FFFFL);
  }

  long addressHigh() {
    return addressHigh;
  }

  long addressLow() {
    return addressLow;
  }

  /** The port that datagrams to this path leave from. */
  public UdpPort port() {
    return port;
  }

  /** Who receives what comes from this address, or null while nobody has claimed it. */
  public @Nullable PathOwner owner() {
    return owner;
  }

  /** Claims this address: from now on its datagrams go to {@code newOwner}. */
  public void claim(PathOwner newOwner) {
    owner = newOwner;
    port.register(this);
  }

  /** Gives the address up, if {@code formerOwner} still has it. */
  public void release(PathOwner formerOwner) {
    if (formerOwner.equals(owner)) {
      owner = null;
      port.unregister(this);
    }
  }

  @Override
  public void send(PacketBuffer packet) {
    // The last word of a DTLS association may come after the port was closed.
    if (port.isOpen()) {
      port.slot().copyFrom(packet);
      port.commit(this);
    }
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return address;
  }

  @Override
  public boolean isTcp() {
    return false;
  }
}
