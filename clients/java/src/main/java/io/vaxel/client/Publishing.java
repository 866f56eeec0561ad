package io.vaxel.client;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.rtp.NtpTime;
import io.vaxel.media.rtp.RtcpView;
import io.vaxel.media.rtp.RtcpWriter;
import io.vaxel.media.sdp.ClientNegotiation;
import io.vaxel.media.sdp.Codec;
import io.vaxel.media.sdp.MediaKind;
import io.vaxel.media.sdp.Msid;
import io.vaxel.media.sdp.Negotiated;
import io.vaxel.media.sdp.RemoteTransport;
import io.vaxel.media.sdp.SdpException;
import io.vaxel.media.sdp.ServerCodecs;
import io.vaxel.media.sdp.SessionDescription;
import io.vaxel.media.sdp.TrackOffer;
import io.vaxel.media.transport.TimerWheel;
import io.vaxel.signaling.proto.TrackKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The connection that this client sends on. Lives on the media loop. */
final class Publishing {
  private static final long REPORT_NANOS = 1_000_000_000L;
  private static final long UNSIGNED = 0xFFFF_FFFFL;

  private final ClientTransport transport;
  private final List<Section> sections = new ArrayList<>();
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final RtcpView rtcp = new RtcpView();
  private final RtcpWriter writer = new RtcpWriter(PacketBuffer.allocate(), 1_150);
  private final byte[] cname;
  private final Reports reports = new Reports();
  private @Nullable SessionDescription offer;
  private int version;
  private int transportSequence;

  /** One media section: never taken out of the description (RFC 9429), free without a track. */
  private static final class Section {
    final boolean audio;
    @Nullable OutgoingTrack track;

    Section(OutgoingTrack track) {
      this.audio = track.isAudio();
      this.track = track;
    }
  }

  Publishing(ClientMedia media, String cname) throws IOException {
    this.transport = new ClientTransport(media, new FromTransport());
    this.cname = cname.getBytes(StandardCharsets.US_ASCII);
  }

  /** Has one track of each of these kinds, and no other; those that are there stay. */
  void send(List<TrackKind> kinds) {
    for (Section section : sections) {
      OutgoingTrack track = section.track;
      if (track != null && !kinds.contains(track.kind())) {
        track.close();
        section.track = null;
      }
    }
    for (TrackKind kind : kinds) {
      if (tracks().stream().noneMatch(track -> track.kind() == kind)) {
        add(new OutgoingTrack(kind, this, codecs(kind).getFirst().payloadType()));
      }
    }
  }

  private void add(OutgoingTrack track) {
    for (Section section : sections) {
      if (section.track == null && section.audio == track.isAudio()) {
        section.track = track;
        return;
      }
    }
    sections.add(new Section(track));
  }

  private static List<Codec> codecs(TrackKind kind) {
    return kind == TrackKind.TRACK_KIND_AUDIO
        ? ServerCodecs.all(MediaKind.AUDIO)
        : ServerCodecs.named(MediaKind.VIDEO, Codec.VP8);
  }

  ClientTransport transport() {
    return transport;
  }

  List<OutgoingTrack> tracks() {
    return List.copyOf(tracksByMid().values());
  }

  /** The mid of a track is the index of its section. */
  Map<String, OutgoingTrack> tracksByMid() {
    Map<String, OutgoingTrack> byMid = new LinkedHashMap<>();
    for (int i = 0; i < sections.size(); i++) {
      OutgoingTrack track = sections.get(i).track;
      if (track != null) {
        byMid.put(Integer.toString(i), track);
      }
    }
    return byMid;
  }

  /** Completes when media can flow. */
  CompletableFuture<Void> connected() {
    return connected;
  }

  int nextTransportSequence() {
    transportSequence = (transportSequence + 1) & 0xFFFF;
    return transportSequence;
  }

  /** The offer of what is sent. */
  String offer() {
    List<TrackOffer> offers = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      OutgoingTrack track = sections.get(i).track;
      if (track == null) {
        MediaKind kind = sections.get(i).audio ? MediaKind.AUDIO : MediaKind.VIDEO;
        offers.add(TrackOffer.free(Integer.toString(i), kind));
        continue;
      }
      String id = "track" + i;
      offers.add(
          new TrackOffer(
              Integer.toString(i),
              track.isAudio() ? MediaKind.AUDIO : MediaKind.VIDEO,
              codecs(track.kind()),
              new TrackOffer.Source(
                  track.ssrc() & UNSIGNED,
                  track.isAudio() ? -1 : track.rtxSsrc() & UNSIGNED,
                  new String(cname, StandardCharsets.US_ASCII),
                  new Msid("stream", id))));
    }
    SessionDescription made =
        ClientNegotiation.publishOffer("1", ++version, offers, transport.local());
    offer = made;
    return made.write();
  }

  /** An offer that restarts ICE, as after a change of networks; media goes on meanwhile. */
  String restartOffer() throws IOException {
    transport.restart();
    return offer();
  }

  void answered(String sdp) throws SdpException {
    SessionDescription made = offer;
    if (made == null) {
      throw new IllegalStateException("nothing was offered");
    }
    Negotiated negotiated =
        ClientNegotiation.readPublishAnswer(made, SessionDescription.parse(sdp));
    RemoteTransport remote = negotiated.remote();
    if (remote == null) {
      throw new SdpException("the server refused every track");
    }
    transport.start(remote);
  }

  private final class FromTransport implements ClientTransport.Listener {
    @Override
    public void connected() {
      connected.complete(null);
      transport.loop().schedule(reports, transport.loop().nanoTime() + REPORT_NANOS / 10);
    }

    @Override
    public void failed(String reason) {
      connected.completeExceptionally(new IOException(reason));
    }

    @Override
    public void rtp(PacketBuffer packet) {}

    @Override
    public void rtcp(PacketBuffer packet) {
      receivedRtcp(packet);
    }
  }

  private void receivedRtcp(PacketBuffer packet) {
    if (!rtcp.wrap(packet)) {
      return;
    }
    long now = transport.loop().nanoTime();
    while (rtcp.next()) {
      switch (rtcp.type()) {
        case RtcpView.RECEIVER_REPORT -> {
          for (int i = 0; i < rtcp.reportCount(); i++) {
            OutgoingTrack track = bySsrc(rtcp.reportSsrc(i));
            if (track != null) {
              track.statistics().reported(rtcp, i, ntpNow());
            }
          }
        }
        case RtcpView.TRANSPORT_FEEDBACK -> {
          OutgoingTrack track = bySsrc(rtcp.mediaSsrc());
          if (rtcp.isNack() && track != null) {
            track.nacked(rtcp, now);
          }
        }
        case RtcpView.PAYLOAD_FEEDBACK -> {
          OutgoingTrack track = bySsrc(rtcp.mediaSsrc());
          if (rtcp.isPli() && track != null) {
            track.pictureLost();
          }
        }
        default -> {}
      }
    }
  }

  private static long ntpNow() {
    return NtpTime.ofUnixNanos(System.currentTimeMillis() * 1_000_000);
  }

  private @Nullable OutgoingTrack bySsrc(int ssrc) {
    for (Section section : sections) {
      OutgoingTrack track = section.track;
      if (track != null && track.ssrc() == ssrc) {
        return track;
      }
    }
    return null;
  }

  private final class Reports extends TimerWheel.Timer {
    @Override
    protected void expired(long nowNanos) {
      if (!transport.isConnected()) {
        return;
      }
      for (OutgoingTrack track : tracks()) {
        PacketBuffer packet = transport.beginSend();
        writer.begin(packet);
        if (track.statistics().report(writer, ntpNow(), nowNanos)) {
          writer.sourceDescription(track.ssrc(), cname);
          transport.sendRtcp(packet);
        }
      }
      transport.loop().schedule(this, nowNanos + REPORT_NANOS);
    }
  }

  void close() {
    transport.loop().cancel(reports);
    tracks().forEach(OutgoingTrack::close);
    transport.close();
  }
}
