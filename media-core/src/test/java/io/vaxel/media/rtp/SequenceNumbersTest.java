package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SequenceNumbersTest {
  @Test
  void ordersAcrossTheWrap() {
    assertTrue(SequenceNumbers.isNewer(0, 65535));
    assertFalse(SequenceNumbers.isNewer(65535, 0));
    assertFalse(SequenceNumbers.isNewer(5, 5));
    assertEquals(-2, SequenceNumbers.difference(65535, 1));
    assertEquals(0, SequenceNumbers.next(65535));
    assertTrue(SequenceNumbers.timestampDifference(3, 0xfffffff0) > 0);
  }

  @Test
  void unwrapsToTheNearest() {
    assertEquals(65536, SequenceNumbers.unwrap(0, 65535));
    assertEquals(65535, SequenceNumbers.unwrap(65535, 65536));
    assertEquals(-1, SequenceNumbers.unwrap(65535, 0));
    assertEquals(10 * 65536L + 7, SequenceNumbers.unwrap(7, 10 * 65536L - 300));
  }
}
