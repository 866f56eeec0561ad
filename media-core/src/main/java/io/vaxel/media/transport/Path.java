package io.vaxel.media.transport;

import io.vaxel.media.packet.PacketBuffer;
import java.net.InetSocketAddress;

/**
 * Where the datagrams of a peer come from and go to: an address on a UDP port, or one ICE-TCP
 * connection. Used on its loop's thread only.
 */
public interface Path {
  /**
   * Sends the datagram in {@code packet}, which is copied or written before this returns. Drops it,
   * counted, when full.
   */
  void send(PacketBuffer packet);

  /** The peer's address as it is seen from here. */
  InetSocketAddress remoteAddress();

  /** True for ICE-TCP (RFC 6544), false for UDP. */
  boolean isTcp();
}
