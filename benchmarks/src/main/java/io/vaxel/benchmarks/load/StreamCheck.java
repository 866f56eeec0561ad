package io.vaxel.benchmarks.load;

import io.vaxel.media.rtp.RtpView;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.HdrHistogram.Histogram;

/**
 * What one subscriber has received of one synthetic stream. From the first packet on each must come
 * exactly once and unchanged. Used on the media loop only.
 */
public final class StreamCheck {
  private final SyntheticPayload payload = new SyntheticPayload();
  private final BitSet seen = new BitSet();
  private long first = -1;
  private long highest = -1;
  private long received;
  private long bytes;
  private long duplicates;
  private long damaged;

  /** Takes in a packet; its delay is recorded in nanoseconds. */
  void received(RtpView packet, long nowNanos, Histogram delays) {
    ByteBuffer data = packet.bytes();
    int offset = packet.payloadOffset();
    if (!payload.isIntact(data, offset, packet.payloadLength())) {
      damaged++;
      return;
    }
    long counter = SyntheticPayload.counter(data, offset);
    delays.recordValue(
        Math.clamp(
            nowNanos - SyntheticPayload.sentNanos(data, offset),
            0,
            delays.getHighestTrackableValue()));
    if (first < 0) {
      first = counter;
    }
    if (counter < first || seen.get((int) (counter - first))) {
      duplicates++;
      return;
    }
    seen.set((int) (counter - first));
    highest = Math.max(highest, counter);
    received++;
    bytes += packet.payloadLength();
  }

  /** Different packets received. */
  public long received() {
    return received;
  }

  /** Payload bytes of these. */
  public long bytes() {
    return bytes;
  }

  /** Packets received twice, or from before the first. */
  public long duplicates() {
    return duplicates;
  }

  /** Packets with a changed byte. */
  public long damaged() {
    return damaged;
  }

  /** Packets that never came, from the first received to number {@code sent} - 1. */
  public long missing(long sent) {
    return first < 0 ? sent : sent - first - received;
  }

  /** Packets that are missing below the highest received. */
  public long gaps() {
    return first < 0 ? 0 : highest + 1 - first - received;
  }

  /** Whether something came, and all of it as it should up to number {@code sent} - 1. */
  public boolean isIntact(long sent) {
    return received > 0 && damaged == 0 && duplicates == 0 && missing(sent) == 0;
  }
}
