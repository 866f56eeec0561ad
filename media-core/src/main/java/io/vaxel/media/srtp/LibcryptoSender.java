package io.vaxel.media.srtp;

import io.vaxel.media.packet.PacketBuffer;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** {@link SrtpSender} by libcrypto. */
final class LibcryptoSender implements SrtpSender {
  private final SrtpProfile profile;
  private final CipherPair ciphers;
  private final SsrcTable<SendStream> streams;

  LibcryptoSender(SrtpKeys keys, int maxStreams, AtomicInteger openContexts) {
    profile = keys.profile();
    streams = new SsrcTable<>(maxStreams);
    ciphers = new CipherPair(keys, true, openContexts);
  }

  @Override
  public void protect(PacketBuffer rtp) {
    int headerLength = PacketLayout.requireRtp(rtp, profile.rtpOverhead());
    ByteBuffer bytes = rtp.bytes();
    SendStream stream = stream(PacketLayout.rtpSsrc(bytes));
    long index = stream.indexOf(PacketLayout.rtpSequenceNumber(bytes));
    ciphers.rtp().protectRtp(rtp, headerLength, index);
    stream.sent(index);
  }

  @Override
  public void protectRtcp(PacketBuffer rtcp) {
    PacketLayout.requireRtcp(rtcp, profile.rtcpOverhead());
    SendStream stream = stream(PacketLayout.rtcpSsrc(rtcp.bytes()));
    ciphers.rtcp().protectRtcp(rtcp, stream.nextRtcpIndex());
    stream.sentRtcp();
  }

  private SendStream stream(int ssrc) {
    @Nullable SendStream known = streams.get(ssrc);
    if (known != null) {
      return known;
    }
    SendStream stream = new SendStream();
    streams.put(ssrc, stream);
    return stream;
  }

  @Override
  public void close() {
    ciphers.close();
  }
}
