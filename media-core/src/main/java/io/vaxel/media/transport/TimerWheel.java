package io.vaxel.media.transport;

import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one loop: setting, moving and cancelling one costs nothing but a few links, and
 * creates no object. Deadlines are met at the first {@link #advance} at or after them, so to the
 * grain of whoever drives the wheel. One thread; time is a parameter.
 */
public final class TimerWheel {
  /** Width of a slot in nanoseconds. */
  public static final long TICK_NANOS = 10_000_000;

  private static final int SLOTS = 1024;

  /** Something with one deadline; extend it where the deadline belongs. */
  public abstract static class Timer {
    private @Nullable Timer previous;
    private @Nullable Timer next;
    private long deadline;
    private int slot = -1;

    /** Called once on the loop when the deadline has passed; may schedule again. */
    protected abstract void expired(long nowNanos);

    /** Whether a deadline is set. */
    public final boolean isScheduled() {
      return slot >= 0;
    }
  }

  private final @Nullable Timer[] heads = new Timer[SLOTS];
  private long currentTick;
  private int count;

  public TimerWheel(long nowNanos) {
    this.currentTick = Math.floorDiv(nowNanos, TICK_NANOS);
  }

  /** Sets or moves the deadline of {@code timer}; one in the past expires at the next advance. */
  public void schedule(Timer timer, long deadlineNanos) {
    cancel(timer);
    long tick =
        Math.max(Math.floorDiv(deadlineNanos + TICK_NANOS - 1, TICK_NANOS), currentTick + 1);
    int slot = (int) Math.floorMod(tick, (long) SLOTS);
    timer.deadline = tick;
    timer.slot = slot;
    Timer head = heads[slot];
    timer.previous = null;
    timer.next = head;
    if (head != null) {
      head.previous = timer;
    }
    heads[slot] = timer;
    count++;
  }

  /** Forgets the deadline of {@code timer}, if it has one. */
  public void cancel(Timer timer) {
    if (timer.slot < 0) {
      return;
    }
    Timer before = timer.previous;
    Timer after = timer.next;
    if (before == null) {
      heads[timer.slot] = after;
    } else {
      before.next = after;
    }
    if (after != null) {
      after.previous = before;
    }
    timer.previous = null;
    timer.next = null;
    timer.slot = -1;
    count--;
  }

  /** Expires everything due at {@code nowNanos}. */
  public void advance(long nowNanos) {
    long target = Math.floorDiv(nowNanos, TICK_NANOS);
    if (count == 0) {
      currentTick = Math.max(currentTick, target);
      return;
    }
    // After a long pause every slot is visited at most once.
    if (target - currentTick > SLOTS) {
      currentTick = target - SLOTS;
    }
    while (currentTick < target) {
      currentTick++;
      expireSlot((int) Math.floorMod(currentTick, (long) SLOTS), nowNanos);
    }
  }

  private void expireSlot(int slot, long nowNanos) {
    Timer timer = heads[slot];
    while (timer != null) {
      Timer following = timer.next;
      if (timer.deadline <= currentTick) {
        cancel(timer);
        timer.expired(nowNanos);
        // What expired may have cancelled or moved its neighbour: start again from the head.
        following = heads[slot];
        while (following != null && following.deadline > currentTick) {
          following = following.next;
        }
      }
      timer = following;
    }
  }

  /** Nanoseconds from {@code nowNanos} to the next slot that holds a timer, or -1 without any. */
  public long nanosToNext(long nowNanos) {
    if (count == 0) {
      return -1;
    }
    for (int i = 1; i <= SLOTS; i++) {
      if (heads[(int) Math.floorMod(currentTick + i, (long) SLOTS)] != null) {
        return Math.max(0, (currentTick + i) * TICK_NANOS - nowNanos);
      }
    }
    return TICK_NANOS;
  }

  /** Timers with a deadline. */
  public int size() {
    return count;
  }
}
