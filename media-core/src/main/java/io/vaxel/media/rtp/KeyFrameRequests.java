package io.vaxel.media.rtp;

/**
 * Key frame requests towards one publisher's video stream: however many subscribers ask, one
 * picture loss indication goes out an interval (RFC 4585 section 6.3.1), again if no key frame
 * comes.
 *
 * <p>Works by deadlines: call {@link #poll} at {@link #nextDeadlineNanos()}. Used by the loop's
 * thread; allocates nothing.
 */
public final class KeyFrameRequests {
  /** What {@link #nextDeadlineNanos} answers when no key frame is awaited. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Requests without an answer before giving up until somebody asks again: a muted camera. */
  private static final int MAX_TRIES = 10;

  private final long intervalNanos;
  private boolean wanted;
  private boolean sentAny;
  private long lastSentNanos;
  private int tries;
  private long sent;
  private long suppressed;

  /**
   * @param intervalNanos the shortest time between two requests; 500 ms is a good value
   */
  public KeyFrameRequests(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  /** A subscriber needs a key frame. True if a request must be sent to the publisher now. */
  public boolean request(long nowNanos) {
    wanted = true;
    tries = 0;
    if (poll(nowNanos)) {
      return true;
    }
    suppressed++;
    return false;
  }

  /** A key frame came: it is what everybody who asked was waiting for. */
  public void keyFrame() {
    wanted = false;
    tries = 0;
  }

  /** True if a request must be sent now, because the last was not answered or came too early. */
  public boolean poll(long nowNanos) {
    if (!wanted || (sentAny && nowNanos - lastSentNanos < intervalNanos)) {
      return false;
    }
    if (tries == MAX_TRIES) {
      wanted = false;
      return false;
    }
    tries++;
    sent++;
    sentAny = true;
    lastSentNanos = nowNanos;
    return true;
  }

  /** When {@link #poll} may answer true next; {@link #NEVER} if no key frame is awaited. */
  public long nextDeadlineNanos() {
    return wanted ? lastSentNanos + intervalNanos : NEVER;
  }

  /** Requests sent to the publisher. */
  public long sent() {
    return sent;
  }

  /** Requests of subscribers that were not passed on at once. */
  public long suppressed() {
    return suppressed;
  }
}
