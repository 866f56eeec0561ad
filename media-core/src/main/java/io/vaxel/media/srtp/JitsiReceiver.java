package io.vaxel.media.srtp;

import io.vaxel.media.packet.PacketBuffer;
import java.security.GeneralSecurityException;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jspecify.annotations.Nullable;

/**
 * {@link SrtpReceiver} by jitsi-srtp. A packet of an unknown source costs the derivation of its
 * keys before it can be told authentic; what that made is kept only if it is.
 */
final class JitsiReceiver implements SrtpReceiver {
  private final SrtpProfile profile;
  private final SrtpContextFactory contexts;
  private final SsrcTable<SrtpCryptoContext> rtpStreams;
  private final SsrcTable<SrtcpCryptoContext> rtcpStreams;
  private final HeapPacket packet = new HeapPacket();
  private boolean closed;

  JitsiReceiver(SrtpProfile profile, SrtpContextFactory contexts, int maxStreams) {
    this.profile = profile;
    this.contexts = contexts;
    rtpStreams = new SsrcTable<>(maxStreams);
    rtcpStreams = new SsrcTable<>(maxStreams);
  }

  @Override
  public SrtpResult unprotect(PacketBuffer srtp) {
    requireOpen();
    int room = srtp.length() - profile.rtpOverhead();
    if (PacketLayout.rtpHeaderLength(srtp.bytes(), room) == PacketLayout.MALFORMED) {
      return SrtpResult.MALFORMED;
    }
    int ssrc = PacketLayout.rtpSsrc(srtp.bytes());
    packet.copyFrom(srtp);
    try {
      @Nullable SrtpCryptoContext known = rtpStreams.get(ssrc);
      SrtpCryptoContext context = known != null ? known : contexts.deriveContext(ssrc, 0);
      SrtpErrorStatus status = context.reverseTransformPacket(packet, false);
      if (status == SrtpErrorStatus.OK && known == null) {
        if (rtpStreams.isFull()) {
          return SrtpResult.TOO_MANY_STREAMS;
        }
        rtpStreams.put(ssrc, context);
      }
      return finish(status, srtp);
    } catch (GeneralSecurityException e) {
      return SrtpResult.NOT_AUTHENTIC;
    }
  }

  @Override
  public SrtpResult unprotectRtcp(PacketBuffer srtcp) {
    requireOpen();
    if (!PacketLayout.isRtcp(srtcp.bytes(), srtcp.length() - profile.rtcpOverhead())) {
      return SrtpResult.MALFORMED;
    }
    int ssrc = PacketLayout.rtcpSsrc(srtcp.bytes());
    packet.copyFrom(srtcp);
    try {
      @Nullable SrtcpCryptoContext known = rtcpStreams.get(ssrc);
      SrtcpCryptoContext context = known != null ? known : contexts.deriveControlContext(ssrc);
      SrtpErrorStatus status = context.reverseTransformPacket(packet);
      if (status == SrtpErrorStatus.OK && known == null) {
        if (rtcpStreams.isFull()) {
          return SrtpResult.TOO_MANY_STREAMS;
        }
        rtcpStreams.put(ssrc, context);
      }
      return finish(status, srtcp);
    } catch (GeneralSecurityException e) {
      return SrtpResult.NOT_AUTHENTIC;
    }
  }

  private SrtpResult finish(SrtpErrorStatus status, PacketBuffer target) {
    return switch (status) {
      case OK -> {
        packet.copyTo(target);
        yield SrtpResult.OK;
      }
      case REPLAY_FAIL, REPLAY_OLD -> SrtpResult.REPLAYED;
      case INVALID_PACKET -> SrtpResult.MALFORMED;
      case AUTH_FAIL, FAIL -> SrtpResult.NOT_AUTHENTIC;
    };
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    contexts.close();
  }
}
