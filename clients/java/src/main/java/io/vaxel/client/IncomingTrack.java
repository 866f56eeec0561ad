package io.vaxel.client;

import io.vaxel.media.rtp.NackGenerator;
import io.vaxel.media.rtp.ReceiveStatistics;

/** A track that this client receives. Used on the media loop only. */
public final class IncomingTrack {
  private final String trackId;
  private final boolean audio;
  private final int ssrc;
  private final int rtxSsrc;
  private final ReceiveStatistics statistics;
  private final NackGenerator nacks = new NackGenerator();
  private boolean keyFrameWanted;

  IncomingTrack(String trackId, boolean audio, int ssrc, int rtxSsrc) {
    this.trackId = trackId;
    this.audio = audio;
    this.ssrc = ssrc;
    this.rtxSsrc = rtxSsrc;
    this.statistics = new ReceiveStatistics(audio ? 48_000 : 90_000);
  }

  /** The server's id of the track. */
  public String trackId() {
    return trackId;
  }

  public boolean isAudio() {
    return audio;
  }

  int ssrc() {
    return ssrc;
  }

  int rtxSsrc() {
    return rtxSsrc;
  }

  ReceiveStatistics statistics() {
    return statistics;
  }

  NackGenerator nacks() {
    return nacks;
  }

  /** Asks the sender for a key frame with the next feedback. */
  public void requestKeyFrame() {
    keyFrameWanted = true;
  }

  boolean takeKeyFrameWanted() {
    boolean wanted = keyFrameWanted || nacks.takeOverflow();
    keyFrameWanted = false;
    return wanted;
  }

  /** Packets received, repaired ones left out. */
  public long packets() {
    return statistics.packets();
  }

  /** Payload bytes received. */
  public long bytes() {
    return statistics.octets();
  }

  /** Packets that never came under their own number. */
  public long lost() {
    return Math.max(0, statistics.lost());
  }

  /** Packets that came back after they were asked for. */
  public long recovered() {
    return nacks.recovered();
  }
}
