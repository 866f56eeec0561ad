package io.vaxel.media.sfu;

import java.util.List;

/** What a router tells its call, on the loop. */
public interface RouterListener {
  /**
   * Who speaks has changed: the audio tracks with speech, loudest first; empty when all are silent.
   */
  void activeSpeakers(List<PublishedTrack> loudestFirst);
}
