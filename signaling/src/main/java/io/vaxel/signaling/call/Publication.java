package io.vaxel.signaling.call;

import io.vaxel.signaling.proto.MediaState;
import io.vaxel.signaling.proto.TrackKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The publish connection of one participant: opened by the first offer, opened anew by the first
 * offer after a failure. Used on the call's loop.
 */
final class Publication {
  private final CallMedia media;
  private final ParticipantConnection connection;
  private final Runnable onConnected;
  private final Runnable onFailed;
  private boolean connected;
  private boolean paused;

  private CallMedia.@Nullable Publisher publisher;
  private @Nullable MediaNotices notices;

  /**
   * @param onConnected runs when media can flow
   * @param onFailed runs after a failure, when the connection and its tracks are closed
   */
  Publication(
      CallMedia media, ParticipantConnection connection, Runnable onConnected, Runnable onFailed) {
    this.media = media;
    this.connection = connection;
    this.onConnected = onConnected;
    this.onFailed = onFailed;
  }

  /** Answers an offer; when it throws, nothing has changed. */
  CallMedia.PublishAnswer answer(String sdpOffer, Map<String, TrackKind> kindsByMid)
      throws SdpRefusedException {
    if (publisher != null) {
      return publisher.answer(sdpOffer, kindsByMid);
    }
    MediaNotices listener =
        new MediaNotices(MediaState.Connection.PUBLISH, connection, this::connected, this::failed);
    CallMedia.Publisher opened = media.openPublisher(listener);
    boolean answered = false;
    try {
      CallMedia.PublishAnswer answer = opened.answer(sdpOffer, kindsByMid);
      answered = true;
      publisher = opened;
      if (paused) {
        opened.setPaused(true);
      }
      notices = listener;
      return answer;
    } finally {
      if (!answered) {
        listener.close();
        opened.close();
      }
    }
  }

  void setMuted(String trackId, boolean muted) {
    if (publisher != null) {
      publisher.setMuted(trackId, muted);
    }
  }

  /** Stops or resumes forwarding everything that it sends; the tracks keep their own state. */
  void setPaused(boolean pause) {
    paused = pause;
    if (publisher != null) {
      publisher.setPaused(pause);
    }
  }

  /** Whether media can flow. */
  boolean isConnected() {
    return connected;
  }

  void close() {
    connected = false;
    if (notices != null) {
      notices.close();
      notices = null;
    }
    if (publisher != null) {
      CallMedia.Publisher closing = publisher;
      publisher = null;
      closing.close();
    }
  }

  private void connected() {
    connected = true;
    onConnected.run();
  }

  private void failed() {
    close();
    onFailed.run();
  }
}
