package io.vaxel.server.call;

import io.vaxel.client.OutgoingTrack;
import io.vaxel.signaling.proto.TrackKind;

/**
 * Sends numbered packets on a track: a payload says which packet it is, and the rest follows from
 * the number, so that the other end sees whether a byte has changed. Sent from on the media loop.
 */
final class Stream {
  /** A payload begins with two bytes that the server looks at; then the number, then filler. */
  static final int NUMBER = 2;

  static final int FILLER = 10;

  private final OutgoingTrack track;
  private final int length;
  private boolean keyFrame = true;
  private int timestamp;
  private volatile long sent;

  Stream(OutgoingTrack track) {
    this.track = track;
    this.length = isAudio() ? 120 : 900;
    track.onKeyFrameWanted(() -> keyFrame = true);
  }

  OutgoingTrack track() {
    return track;
  }

  private boolean isAudio() {
    return track.kind() == TrackKind.TRACK_KIND_AUDIO;
  }

  /** Packets sent so far; their numbers count from 0. */
  long sent() {
    return sent;
  }

  /** Sends one packet of sound, or a picture of three packets. */
  void sendFrame() {
    int packets = isAudio() ? 1 : 3;
    boolean key = keyFrame;
    keyFrame = false;
    for (int i = 0; i < packets; i++) {
      byte first = (byte) (isAudio() ? 0x78 : i == 0 ? 0x10 : 0); // Opus TOC, VP8 descriptor
      long number = sent;
      track.send(
          i == packets - 1,
          timestamp,
          (bytes, offset) -> {
            bytes.put(offset, first);
            bytes.put(offset + 1, (byte) (key ? 0 : 1));
            bytes.putLong(offset + NUMBER, number);
            for (int at = FILLER; at < length; at++) {
              bytes.put(offset + at, filler(number, at));
            }
            return length;
          });
      sent = number + 1;
    }
    timestamp += track.clockRate() / 50;
  }

  static byte filler(long number, int at) {
    return (byte) (number * 31 + at);
  }
}
