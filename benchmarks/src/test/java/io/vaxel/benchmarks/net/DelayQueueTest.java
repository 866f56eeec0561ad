package io.vaxel.benchmarks.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DelayQueueTest {
  private final DelayQueue<String> queue = new DelayQueue<>(3);

  @Test
  void itemsComeInTheOrderOfTheirTimes() {
    queue.add(30, "c");
    queue.add(10, "a");
    queue.add(20, "b");
    assertNull(queue.poll(9));
    assertEquals("a", queue.poll(25));
    assertEquals("b", queue.poll(25));
    assertNull(queue.poll(25));
    assertEquals("c", queue.poll(30));
  }

  @Test
  void equalTimesKeepTheirOrder() {
    queue.add(10, "a");
    queue.add(10, "b");
    queue.add(10, "c");
    assertEquals("a", queue.poll(10));
    assertEquals("b", queue.poll(10));
    assertEquals("c", queue.poll(10));
  }

  @Test
  void theClockMayOverflow() {
    long late = Long.MAX_VALUE - 1;
    long later = Math.addExact(Long.MIN_VALUE, 8); // ten nanoseconds on
    queue.add(later, "second");
    queue.add(late, "first");
    assertNull(queue.poll(late - 5));
    assertEquals("first", queue.poll(late));
    assertNull(queue.poll(late));
    assertEquals("second", queue.poll(later));
  }

  @Test
  void aFullQueueRefusesTheNewest() {
    assertTrue(queue.add(1, "a") && queue.add(2, "b") && queue.add(3, "c"));
    assertFalse(queue.add(0, "d"));
    assertEquals(3, queue.size());
    assertEquals("a", queue.poll(5));
    assertTrue(queue.add(0, "d"));
  }

  @Test
  void theWaitIsUntilTheFirstItem() {
    assertEquals(50, queue.untilNext(0, 50));
    queue.add(20, "a");
    assertEquals(20, queue.untilNext(0, 50));
    assertEquals(0, queue.untilNext(30, 50));
    assertEquals(10, queue.untilNext(0, 10));
  }
}
