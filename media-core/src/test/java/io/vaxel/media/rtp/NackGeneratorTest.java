package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NackGeneratorTest {
  private static final long MS = 1_000_000;

  private final NackGenerator nack = new NackGenerator(16);
  private final int[] out = new int[16];

  @Test
  void asksForAGapOnceEnoughPacketsCameAfterIt() {
    receive(0, 65533, 65535);
    assertArrayEquals(new int[] {}, poll(0));
    receive(0, 0);
    assertArrayEquals(new int[] {}, poll(0));
    receive(0, 1);
    assertArrayEquals(new int[] {65534}, poll(0));
  }

  @Test
  void asksForAGapOnceEnoughTimeHasPassed() {
    receive(0, 1, 3);
    assertEquals(10 * MS, nack.nextDeadlineNanos());
    assertArrayEquals(new int[] {}, poll(9 * MS));
    assertArrayEquals(new int[] {2}, poll(10 * MS));
  }

  @Test
  void aLongGapIsAskedForAtOnceButForItsEnd() {
    receive(0, 1, 7);
    assertArrayEquals(new int[] {2, 3, 4}, poll(0));
    assertArrayEquals(new int[] {5, 6}, poll(10 * MS));
  }

  @Test
  void reorderedPacketsAreNeverAskedFor() {
    receive(0, 1, 3, 2, 4, 5, 6);
    assertArrayEquals(new int[] {}, poll(1000 * MS));
    assertEquals(NackGenerator.NEVER, nack.nextDeadlineNanos());
    assertEquals(0, nack.recovered());
  }

  @Test
  void repeatsAfterTheRoundTripTenTimesAtMost() {
    nack.roundTrip(100 * MS);
    receive(0, 1, 3);
    long now = 10 * MS;
    for (int i = 0; i < 10; i++) {
      assertEquals(now, nack.nextDeadlineNanos());
      assertArrayEquals(new int[] {2}, poll(now));
      assertArrayEquals(new int[] {}, poll(now + 124 * MS));
      now += 125 * MS;
    }
    assertArrayEquals(new int[] {}, poll(now));
    assertEquals(0, nack.missing());
    assertEquals(10, nack.requested());
  }

  @Test
  void neverRepeatsFasterThanTheMinimum() {
    nack.roundTrip(0);
    receive(0, 1, 3);
    assertArrayEquals(new int[] {2}, poll(10 * MS));
    assertArrayEquals(new int[] {}, poll(29 * MS));
    assertArrayEquals(new int[] {2}, poll(30 * MS));
  }

  @Test
  void whatComesAfterItWasAskedForIsRecovered() {
    receive(0, 1, 3);
    poll(10 * MS);
    assertTrue(nack.received(2, 11 * MS));
    assertFalse(nack.received(2, 11 * MS), "once");
    assertEquals(1, nack.recovered());
    assertEquals(0, nack.missing());
  }

  @Test
  void aKeyFrameMakesWhatIsBeforeItUnneeded() {
    receive(0, 1, 4, 8);
    nack.keyFrame(6);
    assertArrayEquals(new int[] {6, 7}, poll(10 * MS));
  }

  @Test
  void moreMissingThanItHoldsAsksForAKeyFrameInstead() {
    receive(0, 1, 10, 20);
    assertTrue(nack.takeOverflow());
    assertFalse(nack.takeOverflow());
    assertEquals(0, nack.missing());
    receive(0, 22, 23, 24, 25);
    assertArrayEquals(new int[] {21}, poll(0));
  }

  @Test
  void whatDoesNotFitStaysDue() {
    receive(0, 1, 5);
    int[] small = new int[2];
    assertEquals(2, nack.poll(10 * MS, small));
    assertArrayEquals(new int[] {2, 3}, small);
    assertEquals(1, nack.poll(10 * MS, small));
    assertEquals(4, small[0]);
  }

  @Test
  void aResetForgetsNumbersToo() {
    receive(0, 1, 5);
    nack.reset();
    receive(0, 40_000);
    assertEquals(0, nack.missing());
  }

  private void receive(long now, int... sequences) {
    for (int sequence : sequences) {
      nack.received(sequence, now);
    }
  }

  private int[] poll(long now) {
    return Arrays.copyOf(out, nack.poll(now, out));
  }
}
