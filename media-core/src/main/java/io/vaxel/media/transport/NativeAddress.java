package io.vaxel.media.transport;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code sockaddr_in} and {@code sockaddr_in6} of Linux as this package sees addresses: 16 bytes as
 * two longs, IPv4 mapped into IPv6, and a port.
 */
enum NativeAddress {
  V4(LinuxSockets.AF_INET, 16) {
    @Override
    long high(ByteBuffer bytes, int offset) {
      return 0;
    }

    @Override
    long low(ByteBuffer bytes, int offset) {
      return UdpPath.mapV4(bytes.getInt(offset + 4));
    }

    @Override
    void writeAddress(ByteBuffer bytes, int offset, long high, long low) {
      bytes.putInt(offset + 4, (int) low);
      bytes.putLong(offset + 8, 0);
    }
  },

  V6(LinuxSockets.AF_INET6, 28) {
    @Override
    long high(ByteBuffer bytes, int offset) {
      return bytes.getLong(offset + 8);
    }

    @Override
    long low(ByteBuffer bytes, int offset) {
      return bytes.getLong(offset + 16);
    }

    @Override
    void writeAddress(ByteBuffer bytes, int offset, long high, long low) {
      bytes.putInt(offset + 4, 0);
      bytes.putLong(offset + 8, high);
      bytes.putLong(offset + 16, low);
      bytes.putInt(offset + 24, 0);
    }
  };

  private final int family;
  private final int size;

  NativeAddress(int family, int size) {
    this.family = family;
    this.size = size;
  }

  abstract long high(ByteBuffer bytes, int offset);

  abstract long low(ByteBuffer bytes, int offset);

  abstract void writeAddress(ByteBuffer bytes, int offset, long high, long low);

  int family() {
    return family;
  }

  /** Bytes of the structure. */
  int size() {
    return size;
  }

  int port(ByteBuffer bytes, int offset) {
    return bytes.getShort(offset + 2) & 0xFFFF;
  }

  void write(ByteBuffer bytes, int offset, long high, long low, int port) {
    // The family is in the machine's order, everything else in the network's.
    if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      bytes.put(offset, (byte) family);
      bytes.put(offset + 1, (byte) 0);
    } else {
      bytes.putShort(offset, (short) family);
    }
    bytes.putShort(offset + 2, (short) port);
    writeAddress(bytes, offset, high, low);
  }

  static long high(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? 0 : ByteBuffer.wrap(bytes).getLong(0);
  }

  static long low(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return bytes.capacity() == 4 ? UdpPath.mapV4(bytes.getInt(0)) : bytes.getLong(8);
  }
}
