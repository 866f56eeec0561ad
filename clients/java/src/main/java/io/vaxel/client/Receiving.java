package io.vaxel.client;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.rtp.RtcpView;
import io.vaxel.media.rtp.RtcpWriter;
import io.vaxel.media.rtp.RtpView;
import io.vaxel.media.rtp.RtxCodec;
import io.vaxel.media.sdp.ClientNegotiation;
import io.vaxel.media.sdp.Codec;
import io.vaxel.media.sdp.MediaKind;
import io.vaxel.media.sdp.Negotiated;
import io.vaxel.media.sdp.NegotiatedMedia;
import io.vaxel.media.sdp.RemoteTransport;
import io.vaxel.media.sdp.SdpException;
import io.vaxel.media.sdp.SessionDescription;
import io.vaxel.media.transport.TimerWheel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The connection that this client receives on. Lives on the media loop. */
final class Receiving {
  /** Who gets the packets, on the loop. */
  interface Listener {
    /** One packet of a track, repaired where it was lost; lent for the call. */
    void received(IncomingTrack track, RtpView packet);
  }

  private static final int OWN_SSRC = 1;
  private static final long REPAIR_NANOS = 20_000_000L;
  private static final long REPORT_NANOS = 1_000_000_000L;

  private final ClientTransport transport;
  private final Listener listener;
  private final Map<Integer, IncomingTrack> bySsrc = new HashMap<>();
  private final Map<Integer, IncomingTrack> byRepairSsrc = new HashMap<>();
  private final byte[] repairedTypes = new byte[128];
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final RtpView view = new RtpView();
  private final RtcpView rtcp = new RtcpView();
  private final RtcpWriter writer = new RtcpWriter(PacketBuffer.allocate(), 1_150);
  private final byte[] cname = "receiver".getBytes(StandardCharsets.US_ASCII);
  private final int[] missing = new int[256];
  private final Feedback feedback = new Feedback();

  Receiving(ClientMedia media, Listener listener) throws IOException {
    this.transport = new ClientTransport(media, new FromTransport());
    this.listener = listener;
    Arrays.fill(repairedTypes, (byte) -1);
  }

  /** Completes when media can flow. */
  CompletableFuture<Void> connected() {
    return connected;
  }

  ClientTransport transport() {
    return transport;
  }

  List<IncomingTrack> tracks() {
    return new ArrayList<>(bySsrc.values());
  }

  /** Answers an offer of the server. */
  String answer(String sdp, Map<String, String> trackIdsByMid) throws SdpException, IOException {
    SessionDescription offer = SessionDescription.parse(sdp);
    Negotiated negotiated = ClientNegotiation.subscribeAnswer(offer, transport.local());
    RemoteTransport remote = negotiated.remote();
    if (remote != null && transport.isRestartedBy(remote)) {
      transport.restart();
      negotiated = ClientNegotiation.subscribeAnswer(offer, transport.local());
    }
    Map<Integer, IncomingTrack> tracks = new HashMap<>();
    Map<Integer, IncomingTrack> repairs = new HashMap<>();
    for (NegotiatedMedia media : negotiated.media()) {
      String trackId = trackIdsByMid.get(media.mid());
      if (trackId == null || media.mediaSsrc() < 0) {
        continue;
      }
      IncomingTrack track = bySsrc.get((int) media.mediaSsrc());
      if (track == null) {
        track =
            new IncomingTrack(
                trackId,
                media.kind() == MediaKind.AUDIO,
                (int) media.mediaSsrc(),
                (int) media.rtxSsrc());
      }
      tracks.put(track.ssrc(), track);
      if (media.rtxSsrc() >= 0) {
        repairs.put(track.rtxSsrc(), track);
      }
      for (Codec codec : media.codecs()) {
        repairedTypes[codec.payloadType()] = (byte) codec.associatedPayloadType();
      }
    }
    bySsrc.clear();
    bySsrc.putAll(tracks);
    byRepairSsrc.clear();
    byRepairSsrc.putAll(repairs);
    if (remote != null) {
      transport.start(remote);
    }
    return negotiated.description().write();
  }

  private final class FromTransport implements ClientTransport.Listener {
    @Override
    public void connected() {
      connected.complete(null);
      transport.loop().schedule(feedback, transport.loop().nanoTime() + REPAIR_NANOS);
    }

    @Override
    public void failed(String reason) {
      connected.completeExceptionally(new IOException(reason));
    }

    @Override
    public void rtp(PacketBuffer packet) {
      if (view.wrap(packet)) {
        receivedRtp(packet, transport.loop().nanoTime());
      }
    }

    @Override
    public void rtcp(PacketBuffer packet) {
      receivedRtcp(packet);
    }
  }

  private void receivedRtp(PacketBuffer packet, long now) {
    IncomingTrack track = bySsrc.get(view.ssrc());
    if (track != null) {
      track
          .statistics()
          .received(view.sequenceNumber(), view.timestamp(), view.payloadLength(), now);
    } else {
      track = byRepairSsrc.get(view.ssrc());
      int original = repairedTypes[view.payloadType()];
      if (track == null
          || original < 0
          || RtxCodec.unwrap(packet, view, track.ssrc(), original) == RtxCodec.NOTHING) {
        return;
      }
    }
    if (!track.isAudio()) {
      track.nacks().received(view.sequenceNumber(), now);
    }
    listener.received(track, view);
  }

  private void receivedRtcp(PacketBuffer packet) {
    if (!rtcp.wrap(packet)) {
      return;
    }
    while (rtcp.next()) {
      IncomingTrack track =
          rtcp.type() == RtcpView.SENDER_REPORT ? bySsrc.get(rtcp.senderSsrc()) : null;
      if (track != null) {
        track.statistics().senderReport(rtcp.ntpTimestamp(), transport.loop().nanoTime());
      }
    }
  }

  /** Asks for what is missing, and reports what came. */
  private final class Feedback extends TimerWheel.Timer {
    private long nextReportNanos;

    @Override
    protected void expired(long nowNanos) {
      if (!transport.isConnected()) {
        return;
      }
      for (IncomingTrack track : bySsrc.values()) {
        repair(track, nowNanos);
      }
      if (nowNanos >= nextReportNanos) {
        nextReportNanos = nowNanos + REPORT_NANOS;
        report(nowNanos);
      }
      transport.loop().schedule(this, nowNanos + REPAIR_NANOS);
    }

    private void repair(IncomingTrack track, long nowNanos) {
      int count = track.nacks().poll(nowNanos, missing);
      boolean keyFrame = track.takeKeyFrameWanted();
      if (count == 0 && !keyFrame) {
        return;
      }
      PacketBuffer packet = transport.beginSend();
      writer.begin(packet);
      if (count > 0) {
        writer.nack(OWN_SSRC, track.ssrc(), missing, count);
      }
      if (keyFrame) {
        writer.pictureLoss(OWN_SSRC, track.ssrc());
      }
      transport.sendRtcp(packet);
    }

    private void report(long nowNanos) {
      @Nullable PacketBuffer packet = null;
      for (IncomingTrack track : bySsrc.values()) {
        if (packet == null || writer.remaining() < 64) {
          finish(packet);
          packet = transport.beginSend();
          writer.begin(packet);
          writer.receiverReport(OWN_SSRC);
        }
        track.statistics().report(writer, track.ssrc(), nowNanos);
      }
      finish(packet);
    }

    private void finish(@Nullable PacketBuffer packet) {
      if (packet != null) {
        writer.sourceDescription(OWN_SSRC, cname);
        transport.sendRtcp(packet);
      }
    }
  }

  void close() {
    transport.loop().cancel(feedback);
    transport.close();
  }
}
