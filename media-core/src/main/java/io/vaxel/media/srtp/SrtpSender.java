package io.vaxel.media.srtp;

import io.vaxel.media.packet.PacketBuffer;

/**
 * Protects what is sent in one direction to one peer: any number of synchronization sources up to
 * the engine's bound, one set of master keys. Used by one thread at a time.
 *
 * <p>The same sequence number of a source may be protected again, as a retransmission without RTX
 * does, with the very same bytes only: other bytes under the same index give the keystream away,
 * and with GCM the authentication key too (RFC 7714 section 8.4). A sequence number behind the
 * newest, the other side of a wrap included, gets the rollover counter of its time.
 */
public interface SrtpSender extends AutoCloseable {
  /**
   * Encrypts an RTP packet in place and appends its tag; the length grows by {@link
   * SrtpProfile#rtpOverhead()}.
   *
   * @throws IllegalArgumentException when it is no RTP packet or has no room for the tag; nothing
   *     changed
   * @throws IllegalStateException when the source is one too many, or the sender is closed; nothing
   *     changed, and the packet is not to be sent
   */
  void protect(PacketBuffer rtp);

  /**
   * Encrypts a compound RTCP packet in place and appends its index and tag; the length grows by
   * {@link SrtpProfile#rtcpOverhead()}.
   *
   * @throws IllegalArgumentException when it is no RTCP packet or has no room for the trailer;
   *     nothing changed
   * @throws IllegalStateException when the source is one too many, has sent 2^31 packets, or the
   *     sender is closed; nothing changed, and the packet is not to be sent
   */
  void protectRtcp(PacketBuffer rtcp);

  /** Frees keys and native memory; a second call does nothing. */
  @Override
  void close();
}
