package io.vaxel.signaling.call;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.AutoSubscribe;
import io.vaxel.signaling.proto.MediaState;
import io.vaxel.signaling.proto.SubscribeOffer;
import io.vaxel.signaling.proto.TrackKind;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one participant receives, and the subscribe connection for it: opened with the first track,
 * opened anew after a failure. At most one offer is open. Used on the call's loop.
 */
final class Subscriptions {
  /** A client that cannot be reached is not offered a connection for ever. */
  private static final int MAX_FAILURES = 3;

  private final CallMedia media;
  private final ParticipantConnection connection;
  private final AutoSubscribe auto;
  private final int limit;
  private final Runnable onFailed;

  private final Set<String> wanted = new LinkedHashSet<>();
  private final Set<String> declined = new HashSet<>();

  private CallMedia.@Nullable Subscriber subscriber;
  private @Nullable MediaNotices notices;
  private int connectionNumber;
  private int failures;
  private int offerId;
  private boolean offerOpen;
  private boolean changed;
  private boolean connected;
  private boolean paused;

  /**
   * @param limit most tracks at once
   * @param onFailed runs after a failure; the next {@link #nextOffer()} is for a new connection
   */
  Subscriptions(
      CallMedia media,
      ParticipantConnection connection,
      AutoSubscribe auto,
      int limit,
      Runnable onFailed) {
    this.media = media;
    this.connection = connection;
    this.auto = auto;
    this.limit = limit;
    this.onFailed = onFailed;
  }

  /**
   * Subscribes to a track of somebody else if that was asked for, wasn't declined, and has room.
   */
  void consider(CallTrack track) {
    boolean meant =
        auto == AutoSubscribe.AUTO_SUBSCRIBE_ALL
            || (auto == AutoSubscribe.AUTO_SUBSCRIBE_AUDIO
                && track.kind() == TrackKind.TRACK_KIND_AUDIO);
    if (meant && wanted.size() < limit && !declined.contains(track.id())) {
      add(track.id());
    }
  }

  /** Whether automatic subscriptions are on, so that room that was freed may be filled. */
  boolean isAutomatic() {
    return auto != AutoSubscribe.AUTO_SUBSCRIBE_NONE;
  }

  /**
   * Subscribes and unsubscribes; when it throws, nothing has changed.
   *
   * @param subscribe ids of tracks of others that exist
   * @param unsubscribe ids; those that are not subscribed are left out
   */
  void update(Collection<String> subscribe, Collection<String> unsubscribe)
      throws RequestRefusedException {
    Set<String> after = new HashSet<>(wanted);
    after.addAll(subscribe);
    after.removeAll(unsubscribe);
    if (after.size() > limit) {
      throw new RequestRefusedException(SignalingError.TOO_MANY_SUBSCRIPTIONS);
    }
    if (failures > 0) {
      failures = 0;
      changed = true;
    }
    for (String id : unsubscribe) {
      if (remove(id)) {
        declined.add(id);
      }
    }
    for (String id : subscribe) {
      if (after.contains(id)) {
        declined.remove(id);
        add(id);
      }
    }
  }

  /** The track is gone. Returns whether it was subscribed, so that there is room for another. */
  boolean forget(String trackId) {
    declined.remove(trackId);
    return remove(trackId);
  }

  /** Accepts the answer to the open offer; when it throws, the offer is still open. */
  void answer(int answeredId, String sdp) throws RequestRefusedException {
    if (!offerOpen || answeredId != offerId || subscriber == null) {
      throw new RequestRefusedException(SignalingError.OFFER_NOT_OPEN);
    }
    try {
      subscriber.answer(sdp);
    } catch (SdpRefusedException e) {
      throw new RequestRefusedException(
          SignalingError.SDP_REFUSED, e.getMessage() == null ? "" : e.getMessage());
    }
    offerOpen = false;
    changed = true;
  }

  /**
   * Has the next offer begin an ICE restart, for a client whose network changed; without a
   * connection there is nothing to restart.
   */
  void restart() {
    if (subscriber != null) {
      subscriber.restartIce();
      changed = true;
    }
  }

  /** The offer that must be sent now, or null. */
  @Nullable SubscribeOffer nextOffer() {
    if (offerOpen || !changed) {
      return null;
    }
    changed = false;
    CallMedia.Subscriber offering = subscriber;
    if (offering == null) {
      if (wanted.isEmpty() || failures >= MAX_FAILURES) {
        return null;
      }
      offering = open();
    }
    CallMedia.SubscribeOffer offer = offering.nextOffer();
    if (offer == null) {
      return null;
    }
    offerOpen = true;
    offerId++;
    return SubscribeOffer.newBuilder()
        .setOfferId(offerId)
        .setSdp(offer.sdp())
        .putAllTrackIds(offer.trackIdsByMid())
        .setConnectionNumber(connectionNumber)
        .build();
  }

  /** Stops or resumes forwarding anything to the participant; its subscriptions stay. */
  void setPaused(boolean pause) {
    paused = pause;
    if (subscriber != null) {
      subscriber.setPaused(pause);
    }
  }

  /** Whether media can flow. */
  boolean isConnected() {
    return connected;
  }

  void close() {
    wanted.clear();
    declined.clear();
    closeConnection();
  }

  private void add(String trackId) {
    if (wanted.add(trackId)) {
      changed = true;
      if (subscriber != null && !subscriber.subscribe(trackId)) {
        // The next offer is for a new connection, which holds all that is wanted.
        closeConnection();
      }
    }
  }

  private boolean remove(String trackId) {
    if (!wanted.remove(trackId)) {
      return false;
    }
    changed = true;
    if (subscriber != null) {
      subscriber.unsubscribe(trackId);
    }
    return true;
  }

  private CallMedia.Subscriber open() {
    MediaNotices listener =
        new MediaNotices(
            MediaState.Connection.SUBSCRIBE, connection, this::connected, this::failed);
    CallMedia.Subscriber opened = media.openSubscriber(listener);
    notices = listener;
    subscriber = opened;
    connectionNumber++;
    if (paused) {
      opened.setPaused(true);
    }
    for (String trackId : wanted) {
      if (!opened.subscribe(trackId)) {
        throw new IllegalStateException("a new connection has no room for " + wanted.size());
      }
    }
    return opened;
  }

  private void connected() {
    connected = true;
    failures = 0;
  }

  private void failed() {
    failures++;
    closeConnection();
    changed = true;
    onFailed.run();
  }

  private void closeConnection() {
    offerOpen = false;
    connected = false;
    if (notices != null) {
      notices.close();
      notices = null;
    }
    if (subscriber != null) {
      CallMedia.Subscriber closing = subscriber;
      subscriber = null;
      closing.close();
    }
  }
}
