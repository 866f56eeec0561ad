package io.vaxel.media.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RepeatGuardTest {
  private static final long MILLISECOND = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;

  private final RepeatGuard guard = new RepeatGuard();

  @Test
  void aRepeatThatIsStillOnItsWayIsNotSentAgain() {
    assertTrue(guard.admits(7, SECOND));
    assertFalse(guard.admits(7, SECOND + 19 * MILLISECOND));
    assertTrue(guard.admits(7, SECOND + 20 * MILLISECOND));
    assertFalse(guard.admits(7, SECOND + 21 * MILLISECOND));
  }

  @Test
  void theFirstNumberIsAsGoodAsAnyAtAnyTime() {
    assertTrue(guard.admits(0, 0));
    assertTrue(new RepeatGuard().admits(0, Long.MIN_VALUE));
    assertTrue(new RepeatGuard().admits(65_535, Long.MAX_VALUE));
  }

  @Test
  void otherPacketsAreNotHeldUp() {
    assertTrue(guard.admits(7, SECOND));
    assertTrue(guard.admits(8, SECOND));
    assertTrue(guard.admits(7 + 512, SECOND));
  }

  @Test
  void allRepeatsTogetherStayWithinARate() {
    assertEquals(200, admittedOf(1000, 0));
    assertEquals(20, admittedOf(1000, SECOND / 10));
    assertEquals(200, admittedOf(1000, 3600 * SECOND), "what was not used is not saved up");
  }

  private int admittedOf(int requests, long nowNanos) {
    int admitted = 0;
    for (int sequence = 0; sequence < requests; sequence++) {
      if (guard.admits(sequence, nowNanos)) {
        admitted++;
      }
    }
    return admitted;
  }
}
