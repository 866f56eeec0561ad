package io.vaxel.media.sfu;

import io.vaxel.media.rtp.ActiveSpeakerDetector;
import io.vaxel.media.transport.MediaLoop;
import io.vaxel.media.transport.TimerWheel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listens to the levels of a call's audio tracks and says who speaks. Lives on the call's loop. */
final class SpeakerMonitor extends TimerWheel.Timer {
  private static final int MAX_TRACKS = 512;
  private static final int MAX_SPEAKERS = 16;
  private static final long INTERVAL_NANOS = 200_000_000L;
  private static final long PACKET_NANOS = 20_000_000L;

  private final MediaLoop loop;
  private final RouterListener listener;
  private final ActiveSpeakerDetector detector = new ActiveSpeakerDetector(MAX_TRACKS);
  private final @Nullable PublishedTrack[] slots = new PublishedTrack[MAX_TRACKS];
  private final int[] scratch = new int[MAX_SPEAKERS];
  private int tracks;
  private List<PublishedTrack> speakers = List.of();

  SpeakerMonitor(MediaLoop loop, RouterListener listener) {
    this.loop = loop;
    this.listener = listener;
  }

  /** Begins to listen to a track: its slot, or -1 when there are too many tracks. */
  int add(PublishedTrack track) {
    for (int slot = 0; slot < slots.length; slot++) {
      if (slots[slot] == null) {
        slots[slot] = track;
        if (tracks++ == 0) {
          loop.schedule(this, loop.nanoTime() + INTERVAL_NANOS);
        }
        return slot;
      }
    }
    return -1;
  }

  /** Stops listening to the track in {@code slot}. */
  void remove(int slot) {
    if (slot < 0) {
      return;
    }
    detector.clear(slot);
    slots[slot] = null;
    tracks--;
  }

  /** Takes in the level of one packet, in -dBov (RFC 6464). */
  void level(int slot, int level, long nowNanos) {
    if (slot >= 0) {
      detector.level(slot, level, PACKET_NANOS, nowNanos);
    }
  }

  @Override
  protected void expired(long nowNanos) {
    int count = Math.min(detector.update(nowNanos, scratch), MAX_SPEAKERS);
    if (!isSame(count)) {
      List<PublishedTrack> changed = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        PublishedTrack track = slots[scratch[i]];
        if (track != null) {
          changed.add(track);
        }
      }
      speakers = changed;
      listener.activeSpeakers(List.copyOf(changed));
    }
    if (tracks > 0) {
      loop.schedule(this, nowNanos + INTERVAL_NANOS);
    }
  }

  private boolean isSame(int count) {
    if (count != speakers.size()) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (!speakers.get(i).equals(slots[scratch[i]])) {
        return false;
      }
    }
    return true;
  }

  void close() {
    loop.cancel(this);
    Arrays.fill(slots, null);
    tracks = 0;
  }
}
