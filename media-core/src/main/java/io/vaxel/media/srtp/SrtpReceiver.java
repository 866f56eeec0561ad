package io.vaxel.media.srtp;

import io.vaxel.media.packet.PacketBuffer;

/**
 * Verifies and decrypts what one peer sends. State for a synchronization source begins with its
 * first authentic packet, and sources are bounded, RTP and RTCP apart. Used by one thread at a
 * time.
 */
public interface SrtpReceiver extends AutoCloseable {
  /**
   * Verifies and decrypts an SRTP packet in place; the length shrinks by {@link
   * SrtpProfile#rtpOverhead()}. The buffer's bytes and length are undefined unless the result is
   * {@link SrtpResult#OK}; a packet that is not OK changes no state.
   *
   * @throws IllegalStateException when the receiver is closed
   */
  SrtpResult unprotect(PacketBuffer srtp);

  /**
   * The same for an SRTCP packet, shrinking by {@link SrtpProfile#rtcpOverhead()}. A packet that is
   * authenticated but was not encrypted (E flag clear, RFC 3711 section 3.4) is accepted.
   *
   * @throws IllegalStateException when the receiver is closed
   */
  SrtpResult unprotectRtcp(PacketBuffer srtcp);

  /** Frees keys and native memory; a second call does nothing. */
  @Override
  void close();
}
