package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The generator against a plain set of what is missing. */
class NackGeneratorProperties {
  private static final long MS = 1_000_000;

  @Property(tries = 300)
  void asksForWhatIsMissingAndNothingElse(
      @ForAll @Size(max = 300) List<@IntRange(min = -12, max = 6) Integer> steps,
      @ForAll @IntRange(min = 65_300, max = 65_535) int start) {
    NackGenerator nack = new NackGenerator(4096);
    TreeSet<Long> missing = new TreeSet<>();
    Map<Long, Integer> asked = new HashMap<>();
    int[] out = new int[4096];
    long highest = start;
    long recovered = 0;
    long now = 0;
    nack.received(start, now);
    for (int step : steps) {
      now += 3 * MS;
      long sequence = highest + step;
      boolean wasMissing = missing.remove(sequence);
      boolean expected = wasMissing && asked.containsKey(sequence);
      recovered += expected ? 1 : 0;
      assertEquals(expected, nack.received((int) sequence & 0xffff, now));
      for (long lost = highest + 1; lost < sequence; lost++) {
        missing.add(lost);
      }
      highest = Math.max(highest, sequence);
      int polled = nack.poll(now, out);
      for (int i = 0; i < polled; i++) {
        long lost = SequenceNumbers.unwrap(out[i], highest);
        assertTrue(missing.contains(lost));
        assertTrue(asked.merge(lost, 1, Integer::sum) <= 10);
      }
      assertTrue(nack.nextDeadlineNanos() > now, "nothing due is left behind");
      assertEquals(recovered, nack.recovered());
    }
    for (int i = 0; i < 12; i++) {
      now += 1000 * MS;
      int polled = nack.poll(now, out);
      for (int k = 0; k < polled; k++) {
        asked.merge(SequenceNumbers.unwrap(out[k], highest), 1, Integer::sum);
      }
    }
    assertEquals(0, nack.missing(), "given up in the end");
    for (long lost : missing) {
      assertEquals(10, asked.get(lost), "but not before ten requests");
    }
    assertFalse(nack.takeOverflow());
  }
}
