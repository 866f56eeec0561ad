package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RateCounterTest {
  private static final long MS = 1_000_000;

  private final RateCounter rate = new RateCounter(1000 * MS, 10);

  @Test
  void isZeroBeforeAnythingWasCounted() {
    assertEquals(0, rate.perSecond(12345));
  }

  @Test
  void countsTheWindow() {
    for (long i = 0; i < 500; i++) {
      rate.add(1000, -2000 * MS + i * (10 * MS));
    }
    assertEquals(100_000, rate.perSecond(2990 * MS));
    assertEquals(500_000, rate.total());
  }

  @Test
  void isRightBeforeTheWindowHasFilled() {
    for (int i = 0; i < 20; i++) {
      rate.add(1, i * (10 * MS));
    }
    assertEquals(100, rate.perSecond(199 * MS));
  }

  @Test
  void fallsToZeroWhenNothingComes() {
    rate.add(1000, 0);
    rate.add(1000, 950 * MS);
    assertEquals(2000, rate.perSecond(999 * MS));
    assertEquals(1000, rate.perSecond(1000 * MS));
    assertEquals(0, rate.perSecond(1900 * MS));
    assertEquals(0, rate.perSecond(1_000_000_000 * MS));
    rate.add(5, 1_000_000_000 * MS);
    assertEquals(5, rate.perSecond(1_000_000_000 * MS));
  }

  @Test
  void refusesAWindowShorterThanItsSteps() {
    assertThrows(IllegalArgumentException.class, () -> new RateCounter(5, 10));
  }
}
