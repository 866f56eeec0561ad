package io.vaxel.media.sfu;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.rtp.RtcpView;
import io.vaxel.media.rtp.RtcpWriter;
import io.vaxel.media.sdp.LocalTransport;
import io.vaxel.media.sdp.Negotiated;
import io.vaxel.media.sdp.NegotiatedMedia;
import io.vaxel.media.sdp.SdpException;
import io.vaxel.media.sdp.SessionDescription;
import io.vaxel.media.sdp.SubscribeNegotiation;
import io.vaxel.media.sdp.TrackOffer;
import io.vaxel.media.transport.MediaLoop;
import io.vaxel.media.transport.PeerTransport;
import io.vaxel.media.transport.TimerWheel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of the connection that a client receives on: we offer, media flows towards the
 * client. One offer is open at a time. Lives on the call's loop.
 */
public final class SubscribeConnection {
  /** Media sections of one connection; a section whose track ended is used again. */
  private static final int MAX_SECTIONS = 256;

  /** Tracks in the life of one connection: each takes two SSRCs, whose SRTP state stays. */
  private static final int MAX_TRACKS = 1024;

  private static final String CNAME = "vaxel";

  private final Router router;
  private final MediaLoop loop;
  private final ConnectionListener listener;
  private final PeerTransport transport;
  private LocalTransport local;
  private final RemoteEnd remote;
  private final SubscriberReports reports = new SubscriberReports();
  private final List<SubscribedSection> sections = new ArrayList<>();
  private final RtcpView rtcpView = new RtcpView();
  private final RtcpWriter writer = new RtcpWriter(PacketBuffer.allocate(), 1_150);
  private final byte[] cname = CNAME.getBytes(StandardCharsets.US_ASCII);
  private final String sessionId = Integer.toUnsignedString(Router.randomSsrc());
  private long version;
  private int occupied;
  private boolean changed;
  private boolean paused;
  private boolean restartWanted;
  private boolean offerRestarts;
  private @Nullable SessionDescription openOffer;
  private boolean closed;

  SubscribeConnection(Router router, Router.Home home, ConnectionListener listener) {
    this.router = router;
    this.loop = home.loop();
    this.listener = listener;
    this.transport = home.port().open(new FromTransport());
    this.local =
        LocalTransport.server(
            transport.localCredentials(), home.identity().fingerprint(), home.candidates());
    this.remote = new RemoteEnd(transport);
  }

  /**
   * Adds a track; it flows once an offer that holds it has been answered. Nothing happens when it
   * is there already.
   *
   * @return false when the connection has no room for more tracks; nothing has changed then
   */
  public boolean subscribe(PublishedTrack track) {
    if (closed || track.isClosed() || sectionOf(track) != null) {
      return true;
    }
    SubscribedSection section = occupied >= MAX_TRACKS ? null : freeSection(track);
    if (section == null) {
      return false;
    }
    occupied++;
    section.occupy(track);
    changed = true;
    return true;
  }

  private @Nullable SubscribedSection freeSection(PublishedTrack track) {
    for (SubscribedSection section : sections) {
      if (section.canTake(track)) {
        return section;
      }
    }
    if (sections.size() >= MAX_SECTIONS) {
      return null;
    }
    SubscribedSection section =
        new SubscribedSection(Integer.toString(sections.size()), track.source(), transport);
    section.setPaused(paused);
    sections.add(section);
    return section;
  }

  /** Takes a track off at once; nothing happens when it is not there. */
  public void unsubscribe(PublishedTrack track) {
    SubscribedSection section = sectionOf(track);
    if (section != null) {
      section.vacate();
      changed = true;
    }
  }

  /**
   * Stops and resumes forwarding anything to this client. Tracks may come and go meanwhile; resumed
   * video begins with a key frame, and sequence numbers have no hole.
   */
  public void setPaused(boolean pause) {
    paused = pause;
    sections.forEach(section -> section.setPaused(pause));
  }

  private @Nullable SubscribedSection sectionOf(PublishedTrack track) {
    for (SubscribedSection section : sections) {
      if (track.equals(section.track())) {
        return section;
      }
    }
    return null;
  }

  /**
   * Has the next offer carry new ICE credentials (RFC 8445 section 2.4). Media goes on over the old
   * path until the client has nominated a new one.
   */
  public void restartIce() {
    restartWanted = true;
    changed |= !sections.isEmpty();
  }

  /** The next offer; null when nothing has changed, or while an offer is open. */
  public @Nullable SubscribeOffer nextOffer() {
    if (closed || !changed || openOffer != null) {
      return null;
    }
    changed = false;
    offerRestarts = restartWanted && remote.isKnown();
    restartWanted = false;
    if (offerRestarts) {
      local = local.withIce(transport.restartIce());
    }
    List<TrackOffer> offers = new ArrayList<>();
    Map<String, PublishedTrack> tracks = new HashMap<>();
    for (SubscribedSection section : sections) {
      offers.add(section.offer(CNAME));
      PublishedTrack track = section.track();
      if (track != null) {
        tracks.put(section.mid(), track);
      }
    }
    SessionDescription offer = SubscribeNegotiation.offer(sessionId, ++version, offers, local);
    openOffer = offer;
    return new SubscribeOffer(offer.write(), tracks);
  }

  /**
   * Applies the client's answer to the open offer.
   *
   * @throws SdpException when no offer is open, or the answer does not fit it; the offer stays open
   *     then
   */
  public void answer(String sdp) throws SdpException {
    SessionDescription offer = openOffer;
    if (offer == null) {
      throw new SdpException("no offer is open");
    }
    Negotiated negotiated = SubscribeNegotiation.readAnswer(offer, SessionDescription.parse(sdp));
    remote.checkAnswer(negotiated, offerRestarts);
    remote.apply(negotiated);
    openOffer = null;
    for (SubscribedSection section : sections) {
      NegotiatedMedia media = negotiated.media(section.mid());
      if (media != null) {
        section.answered(media);
      }
    }
  }

  /** The tracks that are subscribed to, those still waiting for an answer included. */
  public List<PublishedTrack> tracks() {
    List<PublishedTrack> tracks = new ArrayList<>();
    for (SubscribedSection section : sections) {
      PublishedTrack track = section.track();
      if (track != null) {
        tracks.add(track);
      }
    }
    return tracks;
  }

  /** How {@code track} is sent, or null while it does not flow. */
  public @Nullable SubscriptionStatistics statistics(PublishedTrack track) {
    SubscribedSection section = sectionOf(track);
    Subscription subscription = section == null ? null : section.subscription();
    return subscription == null ? null : subscription.statistics();
  }

  /** The addresses, packets and bytes of this connection. */
  public PeerTransport transport() {
    return transport;
  }

  private final class FromTransport implements PeerTransport.Listener {
    @Override
    public void connected() {
      loop.schedule(reports, loop.nanoTime() + SubscriberReports.FIRST_NANOS);
      requestKeyFrames();
      listener.connected();
    }

    @Override
    public void resumed() {
      requestKeyFrames();
    }

    @Override
    public void failed(String reason) {
      close();
      listener.failed(reason);
    }

    @Override
    public PacketBuffer rtp(PacketBuffer packet) {
      return packet; // a client sends no media here
    }

    @Override
    public void rtcp(PacketBuffer packet) {
      receivedRtcp(packet, loop.nanoTime());
    }
  }

  private void requestKeyFrames() {
    if (!paused) {
      tracks().forEach(PublishedTrack::requestKeyFrame);
    }
  }

  private void receivedRtcp(PacketBuffer packet, long now) {
    if (!rtcpView.wrap(packet)) {
      return;
    }
    while (rtcpView.next()) {
      switch (rtcpView.type()) {
        case RtcpView.SENDER_REPORT, RtcpView.RECEIVER_REPORT -> receivedReports(now);
        case RtcpView.TRANSPORT_FEEDBACK -> {
          Subscription subscription = bySsrc(rtcpView.mediaSsrc());
          if (rtcpView.isNack() && subscription != null) {
            subscription.nacked(rtcpView, now);
          }
        }
        case RtcpView.PAYLOAD_FEEDBACK -> receivedPayloadFeedback();
        default -> {}
      }
    }
  }

  private void receivedReports(long now) {
    for (int i = 0; i < rtcpView.reportCount(); i++) {
      Subscription subscription = bySsrc(rtcpView.reportSsrc(i));
      if (subscription != null) {
        subscription.reported(rtcpView, i, now);
      }
    }
  }

  private void receivedPayloadFeedback() {
    if (rtcpView.isPli()) {
      requestKeyFrame(rtcpView.mediaSsrc());
    } else if (rtcpView.isFir()) {
      for (int i = 0; i < rtcpView.firCount(); i++) {
        requestKeyFrame(rtcpView.firSsrc(i));
      }
    }
  }

  private void requestKeyFrame(int ssrc) {
    Subscription subscription = bySsrc(ssrc);
    if (subscription != null && !subscription.isHeld()) {
      subscription.track().requestKeyFrame();
    }
  }

  private @Nullable Subscription bySsrc(int ssrc) {
    for (int i = 0; i < sections.size(); i++) {
      Subscription subscription = sections.get(i).subscription();
      if (subscription != null && subscription.stream().ssrc() == ssrc) {
        return subscription;
      }
    }
    return null;
  }

  /** Sends sender reports (RFC 3550 section 6.4.1): early once, for lip sync, then regularly. */
  private final class SubscriberReports extends TimerWheel.Timer {
    static final long FIRST_NANOS = 200_000_000L;
    private static final long INTERVAL_NANOS = 1_000_000_000L;

    @Override
    protected void expired(long nowNanos) {
      loop.schedule(this, nowNanos + INTERVAL_NANOS);
      if (!transport.isConnected()) {
        return; // until a lost TCP connection has been replaced
      }
      for (SubscribedSection section : sections) {
        Subscription subscription = section.subscription();
        if (subscription != null) {
          send(subscription, nowNanos);
        }
      }
    }

    private void send(Subscription subscription, long nowNanos) {
      PacketBuffer packet = transport.beginSend();
      writer.begin(packet);
      if (subscription.report(writer, nowNanos)) {
        writer.sourceDescription(subscription.stream().ssrc(), cname);
        transport.sendRtcp(packet);
      }
    }
  }

  /** Ends the connection; its subscriptions end with it. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    loop.cancel(reports);
    sections.forEach(SubscribedSection::vacate);
    transport.close();
    router.closed(this);
  }
}
