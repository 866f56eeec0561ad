package io.vaxel.media.srtp;

import java.util.concurrent.atomic.AtomicInteger;

/** The ciphers of one direction: one for RTP, one for RTCP, each with session keys of its own. */
final class CipherPair implements AutoCloseable {
  private final PacketCipher rtp;
  private final PacketCipher rtcp;

  CipherPair(SrtpKeys keys, boolean encrypt, AtomicInteger openContexts) {
    SessionKeys rtpKeys = KeyDerivation.rtp(keys);
    SessionKeys rtcpKeys = KeyDerivation.rtcp(keys);
    rtp = PacketCipher.create(rtpKeys, encrypt, openContexts);
    try {
      rtcp = PacketCipher.create(rtcpKeys, encrypt, openContexts);
    } catch (RuntimeException e) {
      rtp.close();
      throw e;
    }
    rtpKeys.erase();
    rtcpKeys.erase();
  }

  PacketCipher rtp() {
    return rtp;
  }

  PacketCipher rtcp() {
    return rtcp;
  }

  @Override
  public void close() {
    rtp.close();
    rtcp.close();
  }
}
