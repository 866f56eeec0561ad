package io.vaxel.signaling.media;

import io.netty.util.concurrent.EventExecutor;
import io.vaxel.media.sdp.SdpException;
import io.vaxel.media.sfu.PublishConnection;
import io.vaxel.media.sfu.PublishedTrack;
import io.vaxel.media.sfu.Router;
import io.vaxel.media.sfu.Sfu;
import io.vaxel.media.sfu.SubscribeConnection;
import io.vaxel.media.sfu.TrackSource;
import io.vaxel.signaling.call.CallMedia;
import io.vaxel.signaling.call.SdpRefusedException;
import io.vaxel.signaling.proto.TrackKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The media of one call, carried by a router of the SFU. */
public final class SfuCallMedia implements CallMedia {
  private final Router router;

  /** The open tracks of the call, by id. */
  private final Map<String, PublishedTrack> tracks = new HashMap<>();

  private SfuCallMedia(Sfu sfu, Consumer<List<String>> activeSpeakers) {
    this.router =
        sfu.openRouter(
            loudestFirst ->
                activeSpeakers.accept(loudestFirst.stream().map(PublishedTrack::id).toList()));
  }

  /** Opens the media of calls on {@code sfu}. */
  public static CallMedia.Factory factory(Sfu sfu) {
    return activeSpeakers -> new SfuCallMedia(sfu, activeSpeakers);
  }

  @Override
  public EventExecutor loop() {
    return router.loop();
  }

  @Override
  public Publisher openPublisher(ConnectionListener listener) {
    return new RoutedPublisher(router.openPublisher(new Told(listener)));
  }

  @Override
  public Subscriber openSubscriber(ConnectionListener listener) {
    return new RoutedSubscriber(router.openSubscriber(new Told(listener)));
  }

  @Override
  public void close() {
    router.close();
  }

  private PublishedTrack track(String trackId) {
    PublishedTrack track = tracks.get(trackId);
    if (track == null) {
      throw new IllegalArgumentException("no open track " + trackId);
    }
    return track;
  }

  private static TrackSource source(TrackKind kind) {
    return switch (kind) {
      case TRACK_KIND_AUDIO -> TrackSource.MICROPHONE;
      case TRACK_KIND_VIDEO -> TrackSource.CAMERA;
      case TRACK_KIND_SCREEN_SHARE -> TrackSource.SCREEN;
      case TRACK_KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("no kind of media: " + kind);
    };
  }

  private record Told(ConnectionListener listener)
      implements io.vaxel.media.sfu.ConnectionListener {
    @Override
    public void connected() {
      listener.connected();
    }

    @Override
    public void failed(String reason) {
      listener.failed(reason);
    }
  }

  private final class RoutedPublisher implements Publisher {
    private final PublishConnection connection;
    private Map<String, PublishedTrack> published = Map.of();

    RoutedPublisher(PublishConnection connection) {
      this.connection = connection;
    }

    @Override
    public PublishAnswer answer(String sdpOffer, Map<String, TrackKind> kindsByMid)
        throws SdpRefusedException {
      Map<String, TrackSource> sources = new HashMap<>();
      kindsByMid.forEach((mid, kind) -> sources.put(mid, source(kind)));
      io.vaxel.media.sfu.PublishAnswer answer;
      try {
        answer = connection.answer(sdpOffer, sources);
      } catch (SdpException e) {
        throw refused(e);
      }
      published.values().forEach(track -> tracks.remove(track.id()));
      published = answer.tracksByMid();
      Map<String, String> ids = new HashMap<>();
      published.forEach(
          (mid, track) -> {
            tracks.put(track.id(), track);
            ids.put(mid, track.id());
          });
      return new PublishAnswer(answer.sdp(), ids);
    }

    @Override
    public void setMuted(String trackId, boolean muted) {
      track(trackId).setMuted(muted);
    }

    @Override
    public void setPaused(boolean paused) {
      connection.setPaused(paused);
    }

    @Override
    public void close() {
      published.values().forEach(track -> tracks.remove(track.id()));
      published = Map.of();
      connection.close();
    }
  }

  private final class RoutedSubscriber implements Subscriber {
    private final SubscribeConnection connection;

    RoutedSubscriber(SubscribeConnection connection) {
      this.connection = connection;
    }

    @Override
    public boolean subscribe(String trackId) {
      return connection.subscribe(track(trackId));
    }

    @Override
    public void unsubscribe(String trackId) {
      // A track that its publisher closed has left the connection already.
      PublishedTrack track = tracks.get(trackId);
      if (track != null) {
        connection.unsubscribe(track);
      }
    }

    @Override
    public @Nullable SubscribeOffer nextOffer() {
      io.vaxel.media.sfu.SubscribeOffer offer = connection.nextOffer();
      if (offer == null) {
        return null;
      }
      Map<String, String> ids = new HashMap<>();
      offer.tracksByMid().forEach((mid, track) -> ids.put(mid, track.id()));
      return new SubscribeOffer(offer.sdp(), ids);
    }

    @Override
    public void restartIce() {
      connection.restartIce();
    }

    @Override
    public void setPaused(boolean paused) {
      connection.setPaused(paused);
    }

    @Override
    public void answer(String sdp) throws SdpRefusedException {
      try {
        connection.answer(sdp);
      } catch (SdpException e) {
        throw refused(e);
      }
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  private static SdpRefusedException refused(SdpException e) {
    return new SdpRefusedException(String.valueOf(e.getMessage()));
  }
}
