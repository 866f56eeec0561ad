package io.vaxel.media.transport;

import io.vaxel.media.packet.PacketBuffer;

/** Who receives the datagrams of a path once it has been verified. Called on the loop. */
public interface PathOwner {
  /**
   * One datagram from a path of ours.
   *
   * @return the buffer to receive later datagrams in: {@code packet} itself, or another one from
   *     the loop's pool when {@code packet} is kept
   */
  PacketBuffer received(Path path, PacketBuffer packet);
}
