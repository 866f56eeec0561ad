package io.vaxel.signaling.call;

import io.vaxel.signaling.proto.MediaState;
import io.vaxel.signaling.proto.ServerMessage;

/** Passes the state of one media connection on to its participant, until it is closed. */
final class MediaNotices implements CallMedia.ConnectionListener {
  private final MediaState.Connection kind;
  private final ParticipantConnection connection;
  private final Runnable onConnected;
  private final Runnable onFailed;
  private boolean closed;

  /**
   * @param onConnected runs before the participant is told
   * @param onFailed runs after the participant was told; closes the media connection
   */
  MediaNotices(
      MediaState.Connection kind,
      ParticipantConnection connection,
      Runnable onConnected,
      Runnable onFailed) {
    this.kind = kind;
    this.connection = connection;
    this.onConnected = onConnected;
    this.onFailed = onFailed;
  }

  /** The media connection is closed; whatever it still says is of no interest. */
  void close() {
    closed = true;
  }

  @Override
  public void connected() {
    if (!closed) {
      onConnected.run();
      tell(MediaState.State.CONNECTED, "");
    }
  }

  @Override
  public void failed(String reason) {
    if (!closed) {
      closed = true;
      tell(MediaState.State.FAILED, reason);
      onFailed.run();
    }
  }

  private void tell(MediaState.State state, String message) {
    connection.send(
        ServerMessage.newBuilder()
            .setMediaState(
                MediaState.newBuilder().setConnection(kind).setState(state).setMessage(message))
            .build());
  }
}
