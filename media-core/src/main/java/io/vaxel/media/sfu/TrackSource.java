package io.vaxel.media.sfu;

/** What a published track shows or sounds like. */
public enum TrackSource {
  MICROPHONE,
  CAMERA,
  SCREEN;

  /** Whether the track is audio; video otherwise. */
  public boolean isAudio() {
    return this == MICROPHONE;
  }
}
