package io.vaxel.media.srtp;

import io.vaxel.media.packet.PacketBuffer;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** {@link SrtpReceiver} by libcrypto. */
final class LibcryptoReceiver implements SrtpReceiver {
  private final SrtpProfile profile;
  private final CipherPair ciphers;
  private final SsrcTable<ReplayWindow> rtpStreams;
  private final SsrcTable<ReplayWindow> rtcpStreams;

  LibcryptoReceiver(SrtpKeys keys, int maxStreams, AtomicInteger openContexts) {
    profile = keys.profile();
    rtpStreams = new SsrcTable<>(maxStreams);
    rtcpStreams = new SsrcTable<>(maxStreams);
    ciphers = new CipherPair(keys, false, openContexts);
  }

  @Override
  public SrtpResult unprotect(PacketBuffer srtp) {
    ByteBuffer bytes = srtp.bytes();
    int headerLength = PacketLayout.rtpHeaderLength(bytes, srtp.length() - profile.rtpOverhead());
    if (headerLength == PacketLayout.MALFORMED) {
      return SrtpResult.MALFORMED;
    }
    int ssrc = PacketLayout.rtpSsrc(bytes);
    int sequenceNumber = PacketLayout.rtpSequenceNumber(bytes);
    @Nullable ReplayWindow window = rtpStreams.get(ssrc);
    // A stream begins with rollover counter zero: both sides agree on keys before its first packet.
    long index =
        window == null ? sequenceNumber : PacketIndex.estimate(window.highest(), sequenceNumber);
    if (window != null && window.isReplay(index)) {
      return SrtpResult.REPLAYED;
    }
    if (!ciphers.rtp().unprotectRtp(srtp, headerLength, index)) {
      return SrtpResult.NOT_AUTHENTIC;
    }
    return accept(rtpStreams, ssrc, window, index);
  }

  @Override
  public SrtpResult unprotectRtcp(PacketBuffer srtcp) {
    ByteBuffer bytes = srtcp.bytes();
    if (!PacketLayout.isRtcp(bytes, srtcp.length() - profile.rtcpOverhead())) {
      return SrtpResult.MALFORMED;
    }
    int ssrc = PacketLayout.rtcpSsrc(bytes);
    int word = ciphers.rtcp().srtcpWord(srtcp);
    int index = word & Integer.MAX_VALUE;
    @Nullable ReplayWindow window = rtcpStreams.get(ssrc);
    if (window != null && window.isReplay(index)) {
      return SrtpResult.REPLAYED;
    }
    if (!ciphers.rtcp().unprotectRtcp(srtcp, word)) {
      return SrtpResult.NOT_AUTHENTIC;
    }
    return accept(rtcpStreams, ssrc, window, index);
  }

  private static SrtpResult accept(
      SsrcTable<ReplayWindow> streams, int ssrc, @Nullable ReplayWindow window, long index) {
    if (window != null) {
      window.accept(index);
      return SrtpResult.OK;
    }
    if (streams.isFull()) {
      return SrtpResult.TOO_MANY_STREAMS;
    }
    streams.put(ssrc, new ReplayWindow(index));
    return SrtpResult.OK;
  }

  @Override
  public void close() {
    ciphers.close();
  }
}
