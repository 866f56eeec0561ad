package io.vaxel.media.srtp;

import io.vaxel.media.packet.PacketBuffer;
import java.security.GeneralSecurityException;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jspecify.annotations.Nullable;

/** {@link SrtpSender} by jitsi-srtp, which keeps keys and state for each synchronization source. */
final class JitsiSender implements SrtpSender {
  private final SrtpProfile profile;
  private final SrtpContextFactory contexts;
  private final SsrcTable<SrtpCryptoContext> rtpStreams;
  private final SsrcTable<RtcpStream> rtcpStreams;
  private final HeapPacket packet = new HeapPacket();
  private boolean closed;

  /** RTCP state of one source: jitsi-srtp would begin again at index zero after the last. */
  private static final class RtcpStream {
    final SrtcpCryptoContext context;
    final SendStream indices = new SendStream();

    RtcpStream(SrtcpCryptoContext context) {
      this.context = context;
    }
  }

  JitsiSender(SrtpProfile profile, SrtpContextFactory contexts, int maxStreams) {
    this.profile = profile;
    this.contexts = contexts;
    rtpStreams = new SsrcTable<>(maxStreams);
    rtcpStreams = new SsrcTable<>(maxStreams);
  }

  @Override
  public void protect(PacketBuffer rtp) {
    requireOpen();
    PacketLayout.requireRtp(rtp, profile.rtpOverhead());
    try {
      packet.copyFrom(rtp);
      require(rtpStream(PacketLayout.rtpSsrc(rtp.bytes())).transformPacket(packet));
      packet.copyTo(rtp);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("jitsi-srtp could not encrypt", e);
    }
  }

  @Override
  public void protectRtcp(PacketBuffer rtcp) {
    requireOpen();
    PacketLayout.requireRtcp(rtcp, profile.rtcpOverhead());
    try {
      RtcpStream stream = rtcpStream(PacketLayout.rtcpSsrc(rtcp.bytes()));
      stream.indices.nextRtcpIndex();
      packet.copyFrom(rtcp);
      require(stream.context.transformPacket(packet));
      packet.copyTo(rtcp);
      stream.indices.sentRtcp();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("jitsi-srtp could not encrypt", e);
    }
  }

  private SrtpCryptoContext rtpStream(int ssrc) throws GeneralSecurityException {
    @Nullable SrtpCryptoContext known = rtpStreams.get(ssrc);
    if (known != null) {
      return known;
    }
    SrtpCryptoContext context = contexts.deriveContext(ssrc, 0);
    rtpStreams.put(ssrc, context);
    return context;
  }

  private RtcpStream rtcpStream(int ssrc) throws GeneralSecurityException {
    @Nullable RtcpStream known = rtcpStreams.get(ssrc);
    if (known != null) {
      return known;
    }
    RtcpStream stream = new RtcpStream(contexts.deriveControlContext(ssrc));
    rtcpStreams.put(ssrc, stream);
    return stream;
  }

  private static void require(SrtpErrorStatus status) {
    if (status != SrtpErrorStatus.OK) {
      throw new IllegalStateException("jitsi-srtp could not encrypt: " + status);
    }
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
