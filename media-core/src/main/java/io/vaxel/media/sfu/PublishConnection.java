package io.vaxel.media.sfu;

import io.netty.util.collection.IntObjectHashMap;
import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.rtp.AudioLevels;
import io.vaxel.media.rtp.RtcpView;
import io.vaxel.media.rtp.RtpView;
import io.vaxel.media.rtp.RtxCodec;
import io.vaxel.media.sdp.LocalTransport;
import io.vaxel.media.sdp.MediaKind;
import io.vaxel.media.sdp.Negotiated;
import io.vaxel.media.sdp.NegotiatedMedia;
import io.vaxel.media.sdp.PublishNegotiation;
import io.vaxel.media.sdp.SdpException;
import io.vaxel.media.sdp.SessionDescription;
import io.vaxel.media.transport.MediaLoop;
import io.vaxel.media.transport.PeerTransport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of the connection that a client publishes on: the client offers, media flows
 * towards us. Lives on the call's loop.
 */
public final class PublishConnection {
  /** SSRCs that one peer may send at the same time. */
  private static final int MAX_STREAMS = 64;

  private final Router router;
  private final MediaLoop loop;
  private final ConnectionListener listener;
  private final PeerTransport transport;
  private LocalTransport local;
  private final RemoteEnd remote;
  private final PublisherFeedback feedback;
  private final Map<String, PublishedMedia> mediaByMid = new LinkedHashMap<>();
  private final IntObjectHashMap<ReceiveStream> streams = new IntObjectHashMap<>();
  private final IntObjectHashMap<ReceiveStream> repairStreams = new IntObjectHashMap<>();
  private final RtpView packetView = new RtpView();
  private final RtcpView rtcpView = new RtcpView();
  private long unknownPackets;
  private boolean paused;
  private boolean closed;

  PublishConnection(Router router, Router.Home home, ConnectionListener listener) {
    this.router = router;
    this.loop = home.loop();
    this.listener = listener;
    this.transport = home.port().open(new FromTransport());
    this.local =
        LocalTransport.server(
            transport.localCredentials(), home.identity().fingerprint(), home.candidates());
    this.remote = new RemoteEnd(transport);
    this.feedback =
        new PublisherFeedback(
            transport, streams, Router.randomSsrc(), "vaxel".getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Applies an offer, the first or a later one, and answers it. An offer with new ICE credentials
   * restarts ICE: media goes on over the old path until the client has nominated a new one.
   *
   * @param sourcesByMid what each sending media section of the offer is; a section that sends and
   *     is not named here is an error
   * @throws SdpException when the offer cannot be answered; nothing has changed then
   */
  public PublishAnswer answer(String sdpOffer, Map<String, TrackSource> sourcesByMid)
      throws SdpException {
    if (closed) {
      throw new SdpException("the connection is closed");
    }
    SessionDescription offer = SessionDescription.parse(sdpOffer);
    Negotiated negotiated = PublishNegotiation.answer(offer, local);
    checkSources(negotiated, sourcesByMid);
    if (remote.restarts(negotiated)) {
      local = local.withIce(transport.restartIce());
      negotiated = PublishNegotiation.answer(offer, local);
    }
    remote.apply(negotiated);
    for (NegotiatedMedia section : negotiated.media()) {
      apply(section, sourcesByMid.get(section.mid()));
    }
    Map<String, PublishedTrack> tracks = new HashMap<>();
    mediaByMid.forEach((mid, media) -> tracks.put(mid, media.track()));
    return new PublishAnswer(negotiated.description().write(), tracks);
  }

  private static void checkSources(Negotiated negotiated, Map<String, TrackSource> sources)
      throws SdpException {
    for (NegotiatedMedia section : negotiated.media()) {
      if (!section.direction().receives()) {
        continue;
      }
      TrackSource source = sources.get(section.mid());
      if (source == null) {
        throw new SdpException("mid " + section.mid() + " sends, and nothing says what");
      }
      if (source.isAudio() != (section.kind() == MediaKind.AUDIO)) {
        throw new SdpException("mid " + section.mid() + " is not of the kind of " + source);
      }
    }
  }

  private void apply(NegotiatedMedia section, @Nullable TrackSource source) {
    PublishedMedia media = mediaByMid.get(section.mid());
    boolean sends = section.direction().receives() && source != null;
    if (media != null && (!sends || media.track().source() != source)) {
      remove(media);
      media = null;
    }
    if (sends && source != null) {
      if (media == null) {
        media = add(section.mid(), source);
      }
      media.configure(section);
      attachStreams(media, section);
    }
  }

  private PublishedMedia add(String mid, TrackSource source) {
    int clockRate = source.isAudio() ? 48_000 : 90_000;
    PublishedTrack track = new PublishedTrack(router.nextTrackId(), source, loop, clockRate);
    int speakerSlot = source.isAudio() ? router.speakers().add(track) : -1;
    track.setPaused(paused);
    PublishedMedia media = new PublishedMedia(mid, track, speakerSlot);
    mediaByMid.put(mid, media);
    return media;
  }

  /** Knows the SSRCs that the offer names before their first packet comes. */
  private void attachStreams(PublishedMedia media, NegotiatedMedia section) {
    if (section.mediaSsrc() < 0) {
      return;
    }
    ReceiveStream stream = streamFor((int) section.mediaSsrc(), media);
    if (stream != null && section.rtxSsrc() >= 0) {
      repairStreams.put((int) section.rtxSsrc(), stream);
    }
  }

  private @Nullable ReceiveStream streamFor(int ssrc, PublishedMedia media) {
    ReceiveStream stream = streams.get(ssrc);
    if (stream != null && stream.media().equals(media)) {
      return stream;
    }
    if (stream == null && streams.size() >= MAX_STREAMS) {
      return null;
    }
    ReceiveStream created = new ReceiveStream(ssrc, media, feedback);
    streams.put(ssrc, created);
    return created;
  }

  private void remove(PublishedMedia media) {
    mediaByMid.remove(media.mid());
    router.speakers().remove(media.speakerSlot());
    forgetStreams(streams, media);
    forgetStreams(repairStreams, media);
    media.track().close();
    router.trackClosed(media.track());
  }

  private static void forgetStreams(IntObjectHashMap<ReceiveStream> map, PublishedMedia media) {
    List<Integer> gone = new ArrayList<>();
    map.forEach(
        (ssrc, stream) -> {
          if (stream.media().equals(media)) {
            gone.add(ssrc);
          }
        });
    gone.forEach(map::remove);
  }

  /**
   * Stops and resumes forwarding everything that is published here, now and later; each track's own
   * mute stays as it is.
   */
  public void setPaused(boolean pause) {
    paused = pause;
    for (PublishedMedia media : mediaByMid.values()) {
      media.track().setPaused(pause);
    }
  }

  /** The tracks that are published now. */
  public List<PublishedTrack> tracks() {
    return mediaByMid.values().stream().map(PublishedMedia::track).toList();
  }

  /** Packets of streams that no media section announced. */
  public long unknownPackets() {
    return unknownPackets;
  }

  /** The addresses, packets and bytes of this connection. */
  public PeerTransport transport() {
    return transport;
  }

  private final class FromTransport implements PeerTransport.Listener {
    @Override
    public void connected() {
      feedback.connected();
      for (PublishedMedia media : mediaByMid.values()) {
        media.track().requestKeyFrame();
      }
      listener.connected();
    }

    @Override
    public void failed(String reason) {
      close();
      listener.failed(reason);
    }

    @Override
    public PacketBuffer rtp(PacketBuffer packet) {
      return packetView.wrap(packet) ? receivedRtp(packet, loop.nanoTime()) : packet;
    }

    @Override
    public void rtcp(PacketBuffer packet) {
      receivedRtcp(packet, loop.nanoTime());
    }
  }

  /** One packet from the publisher: counted, repaired, renumbered as the server does, handed on. */
  private PacketBuffer receivedRtp(PacketBuffer packet, long now) {
    RtpView view = packetView;
    int ssrc = view.ssrc();
    ReceiveStream repaired = repairStreams.get(ssrc);
    ReceiveStream stream = repaired != null ? repaired : streams.get(ssrc);
    if (stream == null) {
      stream = learnStream(view, ssrc);
      if (stream == null) {
        unknownPackets++;
        return packet;
      }
      repaired = repairStreams.get(ssrc);
    }
    PublishedMedia media = stream.media();
    int transportSequence = media.transportSequence(view);
    if (transportSequence >= 0) {
      feedback.arrived(transportSequence, ssrc, now);
    }
    if (repaired != null && !unwrapRepair(packet, stream, media, now)) {
      return packet;
    }
    if (!media.accepts(view.payloadType())) {
      unknownPackets++;
      return packet;
    }
    int level = media.audioLevel(view);
    if (level >= 0 && !media.track().isSilent()) {
      router.speakers().level(media.speakerSlot(), AudioLevels.level(level), now);
    }
    boolean keyFrame = media.startsKeyFrame(view);
    if (repaired == null) {
      stream.received(view.sequenceNumber(), view.timestamp(), view.payloadLength(), keyFrame, now);
    }
    if (view.payloadLength() == 0) {
      return packet; // padding that probes for bandwidth
    }
    media.toServerNumbers(view);
    return media.track().received(packet, stream.ssrc(), view.sequenceNumber(), keyFrame, now);
  }

  private boolean unwrapRepair(
      PacketBuffer packet, ReceiveStream stream, PublishedMedia media, long now) {
    int original = media.repairedType(packetView.payloadType());
    if (original < 0) {
      return false;
    }
    int sequence = RtxCodec.unwrap(packet, packetView, stream.ssrc(), original);
    if (sequence == RtxCodec.NOTHING) {
      return false;
    }
    stream.recovered(sequence, now);
    return true;
  }

  /** A stream that the SDP did not name is known by the mid it carries (RFC 8843 section 9.2). */
  private @Nullable ReceiveStream learnStream(RtpView view, int ssrc) {
    for (PublishedMedia media : mediaByMid.values()) {
      if (!media.carriesMid(view)) {
        continue;
      }
      if (media.repairedType(view.payloadType()) < 0) {
        return streamFor(ssrc, media);
      }
      ReceiveStream primary = media.anyStream(streams);
      if (primary != null && repairStreams.size() < MAX_STREAMS) {
        repairStreams.put(ssrc, primary);
      }
      return primary;
    }
    return null;
  }

  private void receivedRtcp(PacketBuffer packet, long now) {
    if (!rtcpView.wrap(packet)) {
      return;
    }
    while (rtcpView.next()) {
      if (rtcpView.type() == RtcpView.SENDER_REPORT) {
        ReceiveStream stream = streams.get(rtcpView.senderSsrc());
        if (stream != null) {
          stream.senderReport(rtcpView, now);
        }
      }
    }
  }

  /** Ends the connection and its tracks. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    loop.cancel(feedback);
    List.copyOf(mediaByMid.values()).forEach(this::remove);
    transport.close();
    router.closed(this);
  }
}
