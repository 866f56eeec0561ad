package io.vaxel.media.sfu;

/**
 * Chooses which packets of a track a subscriber gets. Today a track has one layer, so the choice is
 * only when to begin: video begins with a key frame, audio with any packet. Simulcast and scalable
 * layers are chosen here and nowhere else.
 */
final class LayerSelector {
  private final boolean needsKeyFrame;
  private boolean waiting;

  /**
   * @param needsKeyFrame whether a decoder can only begin with a key frame
   */
  LayerSelector(boolean needsKeyFrame) {
    this.needsKeyFrame = needsKeyFrame;
    this.waiting = needsKeyFrame;
  }

  /** Whether {@code packet} goes to the subscriber. */
  boolean admits(ForwardedPacket packet) {
    if (waiting && packet.startsKeyFrame()) {
      waiting = false;
    }
    return !waiting;
  }

  /** Begins again: after a pause, a change of source, or when the subscriber has lost its way. */
  void restart() {
    waiting = needsKeyFrame;
  }
}
