package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StreamRewriterTest {
  private static final int A = 0xaaaa;
  private static final int B = 0xbbbb;
  private static final long MS = 1_000_000;

  private final StreamRewriter rewriter = new StreamRewriter(90_000, 1000, 64);

  @Test
  void numbersFromTheFirstSequenceAndKeepsTheFirstSourcesTimestamps() {
    rewriter.switchTo(A);
    assertMapped(A, 7, 500, 0, 1000, 500);
    assertMapped(A, 8, 600, 1, 1001, 600);
  }

  @Test
  void refusesSourcesThatItWasNotSwitchedTo() {
    assertFalse(rewriter.map(A, 7, 500, 0));
    rewriter.switchTo(A);
    assertFalse(rewriter.map(B, 7, 500, 0));
    assertFalse(rewriter.map(0, 7, 500, 0));
  }

  @Test
  void droppedPacketsLeaveNoHoleAndLostOnesDo() {
    rewriter.switchTo(A);
    assertMapped(A, 65534, 0, 0, 1000, 0);
    rewriter.drop(A, 65535);
    rewriter.drop(A, 0);
    assertMapped(A, 1, 0, 0, 1001, 0);
    assertMapped(A, 4, 0, 0, 1004, 0);
    assertMapped(A, 2, 0, 0, 1002, 0);
    assertFalse(rewriter.map(A, 65535, 0, 0), "dropped for good");
    assertMapped(A, 65534, 0, 0, 1000, 0);
  }

  @Test
  void aNewSourceGoesOnInNumberAndTime() {
    rewriter.switchTo(A);
    assertMapped(A, 10, 9000, 0, 1000, 9000);
    rewriter.switchTo(B);
    assertMapped(B, 60000, 77, 100 * MS, 1001, 18000);
    assertMapped(B, 60001, 77 + 3000, 133 * MS, 1002, 21000);
  }

  @Test
  void lateOnesOfTheSourceBeforeFindTheirPlacesAndNewOnesDoNot() {
    rewriter.switchTo(A);
    assertMapped(A, 10, 0, 0, 1000, 0);
    assertMapped(A, 12, 0, 0, 1002, 0);
    rewriter.switchTo(B);
    assertMapped(A, 11, 0, 0, 1001, 0);
    assertFalse(rewriter.map(A, 13, 0, 0), "the switch is on");
    assertMapped(B, 500, 0, MS, 1003, 90);
    assertMapped(A, 11, 0, 2 * MS, 1001, 0);
    assertFalse(rewriter.map(A, 13, 0, 2 * MS));
    assertFalse(rewriter.map(B, 499, 0, 2 * MS), "from before the switch");
  }

  @Test
  void anImmediateSwitchStillMovesTimeByATick() {
    rewriter.switchTo(A);
    assertMapped(A, 10, 9000, 5, 1000, 9000);
    rewriter.switchTo(B);
    assertMapped(B, 10, 0, 5, 1001, 9001);
  }

  @Test
  void theSameSourceGoesOnAfterAPauseOnItsOwnClock() {
    rewriter.switchTo(A);
    assertMapped(A, 10, 9000, 0, 1000, 9000);
    rewriter.switchTo(A);
    assertMapped(A, 10, 9000, 0, 1000, 9000);
    assertMapped(A, 200, 50_000, 100 * MS, 1001, 50_000);
    assertFalse(rewriter.map(A, 150, 30_000, 100 * MS), "was not shown");
  }

  @Test
  void aPauseMayBeLongerThanTheNumbersLast() {
    rewriter.switchTo(A);
    assertMapped(A, 10, 0, 0, 1000, 0);
    assertMapped(A, 20, 0, 0, 1010, 0);
    rewriter.switchTo(A);
    assertMapped(A, 15, 9_000_000, 100_000 * MS, 1011, 9_000_000);
    assertMapped(A, 16, 9_000_000, 100_000 * MS, 1012, 9_000_000);
  }

  @Test
  void mapsBackAcrossTheSwitch() {
    rewriter.switchTo(A);
    rewriter.map(A, 10, 0, 0);
    rewriter.map(A, 12, 0, 0);
    rewriter.switchTo(B);
    rewriter.map(B, 7, 0, 0);
    assertEquals(11, rewriter.incomingSequence(1001));
    assertEquals(A, rewriter.incomingSsrc(1001));
    assertEquals(7, rewriter.incomingSequence(1003));
    assertEquals(B, rewriter.incomingSsrc(1003));
    assertEquals(StreamRewriter.UNKNOWN, rewriter.incomingSequence(1004));
    assertEquals(StreamRewriter.UNKNOWN, rewriter.incomingSequence(999));
  }

  @Test
  void forgetsWhatLeftTheWindow() {
    rewriter.switchTo(A);
    for (int i = 0; i < 65; i++) {
      rewriter.map(A, i, 0, 0);
    }
    assertFalse(rewriter.map(A, 0, 0, 0));
    assertTrue(rewriter.map(A, 1, 0, 0));
    assertEquals(StreamRewriter.UNKNOWN, rewriter.incomingSequence(1000));
    assertEquals(1, rewriter.incomingSequence(1001));
  }

  @Test
  void timestampOffsetTranslatesReportsOfTheCurrentSource() {
    rewriter.switchTo(A);
    rewriter.map(A, 1, 5000, 0);
    assertEquals(0, rewriter.timestampOffset());
    rewriter.switchTo(B);
    rewriter.map(B, 1, 100, 0);
    assertEquals(5001 - 100, rewriter.timestampOffset());
  }

  @Test
  void refusesSizesThatItCannotKeep() {
    assertThrows(IllegalArgumentException.class, () -> new StreamRewriter(90_000, 0, 100));
    assertThrows(IllegalArgumentException.class, () -> new StreamRewriter(0, 0, 64));
    assertThrows(IllegalArgumentException.class, () -> new StreamRewriter(90_000, 0, 0x8000));
  }

  private void assertMapped(
      int ssrc, int incoming, int timestamp, long now, int outgoing, int outgoingTimestamp) {
    assertTrue(rewriter.map(ssrc, incoming, timestamp, now));
    assertEquals(outgoing, rewriter.sequenceNumber());
    assertEquals(outgoingTimestamp, rewriter.timestamp());
  }
}
