package io.vaxel.media.sfu;

import io.vaxel.media.rtp.KeyFrameRequests;
import io.vaxel.media.rtp.NackGenerator;
import io.vaxel.media.rtp.ReceiveStatistics;
import io.vaxel.media.rtp.RtcpView;
import io.vaxel.media.rtp.RtcpWriter;
import org.jspecify.annotations.Nullable;

/**
 * One SSRC that a peer sends for a track: what has arrived, what is missing, and what is said back
 * about it. Lives on the call's loop.
 */
final class ReceiveStream {
  private final int ssrc;
  private final PublishedMedia media;
  private final PublishedTrack track;
  private final PublisherFeedback feedback;
  private final ReceiveStatistics statistics;
  private final @Nullable NackGenerator nacks;

  ReceiveStream(int ssrc, PublishedMedia media, PublisherFeedback feedback) {
    this.ssrc = ssrc;
    this.media = media;
    this.track = media.track();
    this.feedback = feedback;
    this.statistics = new ReceiveStatistics(track.clockRate());
    this.nacks = track.source().isAudio() ? null : new NackGenerator();
  }

  int ssrc() {
    return ssrc;
  }

  PublishedMedia media() {
    return media;
  }

  /**
   * Counts a packet that came under its own SSRC.
   *
   * @param keyFrame whether a key frame begins with it
   */
  void received(int sequence, int timestamp, int payloadLength, boolean keyFrame, long nowNanos) {
    statistics.received(sequence, timestamp, payloadLength, nowNanos);
    track.attach(this);
    if (nacks == null) {
      return;
    }
    boolean wasComplete = nacks.missing() == 0;
    nacks.received(sequence, nowNanos);
    if (keyFrame) {
      nacks.keyFrame(sequence);
    }
    if (wasComplete && nacks.missing() > 0) {
      feedback.wakeBy(nacks.nextDeadlineNanos());
    }
  }

  /** Counts a packet that came back through RTX. */
  void recovered(int sequence, long nowNanos) {
    if (nacks != null) {
      nacks.received(sequence, nowNanos);
    }
  }

  void senderReport(RtcpView report, long nowNanos) {
    statistics.senderReport(report.ntpTimestamp(), nowNanos);
    track.senderClock().report(report.ntpTimestamp(), report.rtpTimestamp(), nowNanos);
  }

  /** Subscribers want a key frame. */
  void keyFrameWanted(boolean now) {
    feedback.wakeBy(now ? 0 : track.keyFrames().nextDeadlineNanos());
    if (now) {
      feedback.pictureLoss(this);
    }
  }

  /** Adds the report block about this stream; false when the writer is full. */
  boolean report(RtcpWriter writer, long nowNanos) {
    return statistics.report(writer, ssrc, nowNanos);
  }

  /** Asks for what is missing and due, and for a key frame when one is wanted and due. */
  void requestRepairs(long nowNanos, int[] scratch) {
    KeyFrameRequests keyFrames = track.keyFrames();
    if (nacks != null) {
      int count = nacks.poll(nowNanos, scratch);
      if (count > 0) {
        feedback.nack(this, scratch, count);
      }
      if (nacks.takeOverflow()) {
        track.requestKeyFrame();
      }
    }
    if (keyFrames.poll(nowNanos)) {
      feedback.pictureLoss(this);
    }
  }

  /** When {@link #requestRepairs} has something to do next, or {@link Long#MAX_VALUE}. */
  long nextRepairNanos() {
    long keyFrame = track.keyFrames().nextDeadlineNanos();
    return nacks == null ? keyFrame : Math.min(keyFrame, nacks.nextDeadlineNanos());
  }

  TrackStatistics statistics(long keyFrameRequests) {
    return new TrackStatistics(
        statistics.packets(),
        statistics.octets(),
        Math.max(0, statistics.lost()),
        nacks == null ? 0 : nacks.recovered(),
        nacks == null ? 0 : nacks.requested(),
        statistics.jitter() * 1000.0 / track.clockRate(),
        keyFrameRequests);
  }
}
