package io.vaxel.media.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
  private static final long MILLI = 1_000_000;

  private final TimerWheel wheel = new TimerWheel(0);
  private final List<Long> fired = new ArrayList<>();

  private TimerWheel.Timer recorder() {
    return new TimerWheel.Timer() {
      @Override
      protected void expired(long nowNanos) {
        fired.add(nowNanos);
      }
    };
  }

  @Test
  void expiresAtTheFirstAdvanceAfterTheDeadline() {
    wheel.schedule(recorder(), 100 * MILLI);
    wheel.advance(99 * MILLI);
    assertTrue(fired.isEmpty());
    wheel.advance(100 * MILLI);
    assertEquals(List.of(100 * MILLI), fired);
    assertEquals(0, wheel.size());
  }

  @Test
  void forgetsACancelledDeadline() {
    TimerWheel.Timer timer = recorder();
    wheel.schedule(timer, 100 * MILLI);
    wheel.cancel(timer);
    wheel.advance(1_000 * MILLI);
    assertTrue(fired.isEmpty());
    assertFalse(timer.isScheduled());
    assertEquals(-1, wheel.nanosToNext(1_000 * MILLI));
  }

  @Test
  void movesADeadline() {
    TimerWheel.Timer timer = recorder();
    wheel.schedule(timer, 100 * MILLI);
    wheel.schedule(timer, 300 * MILLI);
    wheel.advance(200 * MILLI);
    assertTrue(fired.isEmpty());
    wheel.advance(300 * MILLI);
    assertEquals(1, fired.size());
  }

  @Test
  void keepsDeadlinesBeyondOneTurnOfTheWheel() {
    wheel.schedule(recorder(), 60_000 * MILLI);
    for (long now = 0; now < 60_000 * MILLI; now += 20 * MILLI) {
      wheel.advance(now);
    }
    assertTrue(fired.isEmpty());
    wheel.advance(60_000 * MILLI);
    assertEquals(1, fired.size());
  }

  @Test
  void catchesUpAfterAPauseLongerThanTheWheel() {
    wheel.schedule(recorder(), 50 * MILLI);
    wheel.schedule(recorder(), 15_000 * MILLI);
    wheel.schedule(recorder(), 90_000 * MILLI);
    wheel.advance(80_000 * MILLI);
    assertEquals(2, fired.size());
    wheel.advance(90_000 * MILLI);
    assertEquals(3, fired.size());
  }

  @Test
  void letsAnExpiredTimerCancelItsNeighbourAndScheduleItself() {
    TimerWheel.Timer neighbour = recorder();
    TimerWheel.Timer first =
        new TimerWheel.Timer() {
          @Override
          protected void expired(long nowNanos) {
            wheel.cancel(neighbour);
            wheel.schedule(this, nowNanos + 50 * MILLI);
          }
        };
    wheel.schedule(neighbour, 100 * MILLI);
    wheel.schedule(first, 100 * MILLI);
    wheel.advance(100 * MILLI);
    assertTrue(fired.isEmpty());
    assertTrue(first.isScheduled());
  }

  @Test
  void meetsEveryDeadlineOnceAndInTimeForRandomDeadlines() {
    SplittableRandom random = new SplittableRandom(7);
    int timers = 500;
    long[] deadlines = new long[timers];
    long[] firedAt = new long[timers];
    for (int i = 0; i < timers; i++) {
      int index = i;
      deadlines[i] = random.nextLong(30_000) * MILLI;
      wheel.schedule(
          new TimerWheel.Timer() {
            @Override
            protected void expired(long nowNanos) {
              assertEquals(0, firedAt[index]);
              firedAt[index] = nowNanos;
            }
          },
          deadlines[i]);
    }
    for (long now = 0; now <= 31_000 * MILLI; now += random.nextLong(1, 25) * MILLI) {
      wheel.advance(now);
    }
    for (int i = 0; i < timers; i++) {
      assertTrue(firedAt[i] >= deadlines[i], "early");
      assertTrue(firedAt[i] - deadlines[i] < 40 * MILLI, "late by " + (firedAt[i] - deadlines[i]));
    }
  }
}
