package io.vaxel.benchmarks.load;

import io.vaxel.client.OutgoingTrack;
import io.vaxel.signaling.proto.TrackKind;

/** Sends a synthetic stream on one track, frame by frame. Used on the media loop only. */
public final class SyntheticTrack {
  private final OutgoingTrack track;
  private final int stream;
  private final int packetsPerFrame;
  private final int payloadBytes;
  private final int ticksPerFrame;
  private final SyntheticPayload payload = new SyntheticPayload();
  private boolean keyFrame = true;
  private int timestamp;
  private long counter;
  private long lastKeyFrameNanos;

  /**
   * @param stream tells this stream from all others of a run
   * @param framesPerSecond only sets the distance of timestamps
   * @param payloadBytes at least {@link SyntheticPayload#MIN_BYTES}
   */
  public SyntheticTrack(
      OutgoingTrack track, int stream, int framesPerSecond, int packetsPerFrame, int payloadBytes) {
    this.track = track;
    this.stream = stream;
    this.packetsPerFrame = packetsPerFrame;
    this.payloadBytes = payloadBytes;
    this.ticksPerFrame = track.clockRate() / framesPerSecond;
    track.onKeyFrameWanted(() -> keyFrame = true);
  }

  public OutgoingTrack track() {
    return track;
  }

  int stream() {
    return stream;
  }

  /** Sends one frame: the packets of a picture, or of 20 ms of sound. */
  public void sendFrame() {
    boolean audio = track.kind() == TrackKind.TRACK_KIND_AUDIO;
    long now = System.nanoTime();
    boolean key = keyFrame && !audio;
    if (key) {
      lastKeyFrameNanos = now;
    }
    keyFrame = false;
    for (int i = 0; i < packetsPerFrame; i++) {
      boolean first = i == 0;
      long number = counter++;
      track.send(
          i == packetsPerFrame - 1,
          timestamp,
          (bytes, offset) -> {
            payload.write(
                bytes, offset, payloadBytes, audio, first, key, stream, number, System.nanoTime());
            return payloadBytes;
          });
    }
    timestamp += ticksPerFrame;
  }

  /** Packets sent so far. */
  public long sent() {
    return counter;
  }

  /** When the last key frame left, by the monotonic clock. */
  public long lastKeyFrameNanos() {
    return lastKeyFrameNanos;
  }
}
