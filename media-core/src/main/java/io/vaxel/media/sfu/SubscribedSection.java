package io.vaxel.media.sfu;

import io.vaxel.media.sdp.Codec;
import io.vaxel.media.sdp.MediaKind;
import io.vaxel.media.sdp.Msid;
import io.vaxel.media.sdp.NegotiatedMedia;
import io.vaxel.media.sdp.ServerCodecs;
import io.vaxel.media.sdp.TrackOffer;
import io.vaxel.media.transport.PeerTransport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One media section of a subscribe connection: free, or occupied by a track that is offered, then
 * sent. Sections are never removed from SDP (RFC 9429 section 5.2.2), so a free one is used again.
 */
final class SubscribedSection {
  private static final long UNSIGNED = 0xFFFF_FFFFL;

  private final String mid;
  private final boolean audio;
  private final PeerTransport transport;
  private @Nullable PublishedTrack track;
  private @Nullable Subscription subscription;
  private int ssrc;
  private int rtxSsrc;
  private boolean offered;
  private boolean paused;

  SubscribedSection(String mid, TrackSource source, PeerTransport transport) {
    this.mid = mid;
    this.audio = source.isAudio();
    this.transport = transport;
  }

  String mid() {
    return mid;
  }

  /** The track that occupies this section, or null. */
  @Nullable PublishedTrack track() {
    return track;
  }

  /** The flow of the track, or null until its offer has been answered. */
  @Nullable Subscription subscription() {
    return subscription;
  }

  /** Whether {@code wanted} fits in: the section is free, and of its kind. */
  boolean canTake(PublishedTrack wanted) {
    return track == null && audio == wanted.source().isAudio();
  }

  /** Takes in a track, under SSRCs of its own. */
  void occupy(PublishedTrack newTrack) {
    track = newTrack;
    ssrc = Router.randomSsrc();
    rtxSsrc = Router.randomSsrc();
    offered = false;
  }

  /** Becomes free again. */
  void vacate() {
    Subscription flowing = subscription;
    if (flowing != null) {
      flowing.track().remove(flowing);
    }
    subscription = null;
    track = null;
  }

  /** Stops and resumes what flows here, whichever track it is. */
  void setPaused(boolean pause) {
    paused = pause;
    if (subscription != null) {
      subscription.setHeld(pause);
    }
  }

  /** What an offer says of this section. */
  TrackOffer offer(String cname) {
    PublishedTrack carried = track;
    MediaKind kind = audio ? MediaKind.AUDIO : MediaKind.VIDEO;
    if (carried == null) {
      return TrackOffer.free(mid, kind);
    }
    offered = true;
    List<Codec> codecs = new ArrayList<>();
    for (Codec codec : carried.codecs()) {
      codecs.add(codec);
      if (!audio) {
        codecs.add(ServerCodecs.rtx(codec));
      }
    }
    return new TrackOffer(
        mid,
        kind,
        codecs,
        new TrackOffer.Source(
            ssrc & UNSIGNED,
            audio ? -1 : rtxSsrc & UNSIGNED,
            cname,
            new Msid(carried.id(), carried.id())));
  }

  /** Takes in what the client's answer leaves; the track flows if any of its codecs is left. */
  void answered(NegotiatedMedia media) {
    PublishedTrack carried = track;
    if (carried == null || !offered || subscription != null || !media.direction().sends()) {
      return;
    }
    SendStream stream = new SendStream(ssrc, rtxSsrc);
    for (Codec codec : media.codecs()) {
      if (codec.associatedPayloadType() < 0) {
        stream.accept(codec.payloadType(), media.rtxPayloadType(codec.payloadType()));
      }
    }
    Subscription created = new Subscription(carried, transport, stream);
    created.setHeld(paused);
    subscription = created;
    carried.add(created);
  }
}
