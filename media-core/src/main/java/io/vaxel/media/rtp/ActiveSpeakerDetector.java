package io.vaxel.media.rtp;

/**
 * Who speaks in a call, loudest first, from the levels of their packets.
 *
 * <p>In the spirit of dominant speaker identification (Volfin and Cohen, 2012), made simple: each
 * participant has a loudness averaged over a short time, which tells a word from a click, and one
 * over a medium time, which tells a speaker from a cough. Both must rise for one to begin to speak,
 * the medium one must fall for one to stop, and somebody overtakes another only by a margin, so
 * that the order does not flap. Silence counts as it passes, whether packets of it arrive or not.
 *
 * <p>Participants are slots numbered from 0 that the caller hands out. Used by the loop's thread;
 * allocates nothing.
 */
public final class ActiveSpeakerDetector {
  private static final double SHORT_NANOS = 150e6;
  private static final double MEDIUM_NANOS = 800e6;

  /** The network may hold packets back this long and deliver them in a burst. */
  private static final long BURST_NANOS = 100_000_000;

  /** Loudness is decibels above −70 dBov, more than a quiet room gives. */
  private static final int FLOOR = 70;

  /** Averages above these begin speech: −50 dBov for a word; a normal voice for about 400 ms. */
  private static final float SHORT_ON = 20;

  private static final float MEDIUM_ON = 15;

  /** A medium average below this ends speech: about a second after a normal voice. */
  private static final float MEDIUM_OFF = 10;

  /** Decibels by which one must be louder to be put before another. */
  private static final float MARGIN = 6;

  private final float[] shortLoudness;
  private final float[] mediumLoudness;
  private final long[] updatedNanos;
  private final boolean[] speaking;
  private final int[] order;
  private int count;

  /**
   * @param capacity the most participants; slots are 0 to {@code capacity − 1}
   */
  public ActiveSpeakerDetector(int capacity) {
    shortLoudness = new float[capacity];
    mediumLoudness = new float[capacity];
    updatedNanos = new long[capacity];
    speaking = new boolean[capacity];
    order = new int[capacity];
  }

  /**
   * Takes in the level of one packet.
   *
   * @param slot 0 to capacity − 1
   * @param level −dBov, 0 to 127, see {@link AudioLevels#level}
   * @param packetNanos how much sound the packet holds, such as 20 ms
   */
  public void level(int slot, int level, long packetNanos, long nowNanos) {
    decay(slot, nowNanos - packetNanos);
    average(slot, Math.max(0, FLOOR - level), packetNanos);
    updatedNanos[slot] = nowNanos;
  }

  /** Forgets what slot {@code slot} said: the participant left or was muted. */
  public void clear(int slot) {
    shortLoudness[slot] = 0;
    mediumLoudness[slot] = 0;
    speaking[slot] = false;
    for (int i = 0; i < count; i++) {
      if (order[i] == slot) {
        count--;
        System.arraycopy(order, i + 1, order, i, count - i);
      }
    }
  }

  /**
   * Decides anew who speaks; call it every 100 to 300 ms.
   *
   * @param speakers receives the slots of those who speak, loudest first, as many as it holds
   * @return how many speak, which may be more than {@code speakers} holds
   */
  public int update(long nowNanos, int[] speakers) {
    for (int slot = 0; slot < speaking.length; slot++) {
      decay(slot, nowNanos);
      float medium = mediumLoudness[slot];
      if (!speaking[slot] && shortLoudness[slot] > SHORT_ON && medium > MEDIUM_ON) {
        speaking[slot] = true;
        order[count++] = slot;
      } else if (speaking[slot] && medium < MEDIUM_OFF) {
        speaking[slot] = false;
      }
    }
    leaveOutTheSilent();
    for (int i = 1; i < count; i++) {
      moveForward(i);
    }
    System.arraycopy(order, 0, speakers, 0, Math.min(count, speakers.length));
    return count;
  }

  private void leaveOutTheSilent() {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (speaking[order[i]]) {
        order[kept++] = order[i];
      }
    }
    count = kept;
  }

  private void moveForward(int from) {
    int slot = order[from];
    int to = from;
    while (to > 0 && mediumLoudness[slot] > mediumLoudness[order[to - 1]] + MARGIN) {
      order[to] = order[to - 1];
      to--;
    }
    order[to] = slot;
  }

  /** Counts the time since the last packet as silence, less what a burst may hold back. */
  private void decay(int slot, long nowNanos) {
    long until = nowNanos - BURST_NANOS;
    long elapsed = until - updatedNanos[slot];
    if (elapsed > 0) {
      average(slot, 0, elapsed);
      updatedNanos[slot] = until;
    }
  }

  /** Exponential averages over uneven times. */
  private void average(int slot, float loudness, long elapsedNanos) {
    float shortWeight = (float) -Math.expm1(-elapsedNanos / SHORT_NANOS);
    float mediumWeight = (float) -Math.expm1(-elapsedNanos / MEDIUM_NANOS);
    shortLoudness[slot] += (loudness - shortLoudness[slot]) * shortWeight;
    mediumLoudness[slot] += (loudness - mediumLoudness[slot]) * mediumWeight;
  }
}
