package io.vaxel.media.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SsrcTableTest {
  @Test
  void everySourceKeepsItsStateWhileTheTableGrows() {
    SsrcTable<Integer> table = new SsrcTable<>(1000);
    for (int i = 0; i < 1000; i++) {
      assertNull(table.get(i << 16));
      table.put(i << 16, i);
    }
    assertTrue(table.isFull());
    assertEquals(1000, table.size());
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, table.get(i << 16));
    }
    assertNull(table.get(1));
  }

  @Test
  void zeroIsASourceLikeAnyOther() {
    SsrcTable<String> table = new SsrcTable<>(1);
    assertNull(table.get(0));
    table.put(0, "zero");
    assertEquals("zero", table.get(0));
  }

  @Test
  void aFullTableRefuses() {
    SsrcTable<String> table = new SsrcTable<>(1);
    table.put(1, "one");
    assertThrows(IllegalStateException.class, () -> table.put(2, "two"));
    assertNull(table.get(2));
  }
}
