package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** The rewriter against a model that counts without bounds and forgets nothing. */
class StreamRewriterProperties {
  private static final int WINDOW = 64;
  private static final int CLOCK = 90_000;

  enum Kind {
    PACKET,
    LATE,
    DROP,
    LATE_DROP,
    SWITCH
  }

  /**
   * @param distance packets lost before this one, or how late it comes
   */
  record Step(Kind kind, int source, int distance) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Kind> kind =
        Arbitraries.frequency(
            Tuple.of(10, Kind.PACKET),
            Tuple.of(5, Kind.LATE),
            Tuple.of(3, Kind.DROP),
            Tuple.of(1, Kind.LATE_DROP),
            Tuple.of(1, Kind.SWITCH));
    Arbitrary<Integer> distance =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(0)),
            Tuple.of(4, Arbitraries.integers().between(1, 8)),
            Tuple.of(1, Arbitraries.integers().between(30, 200)));
    return Combinators.combine(kind, Arbitraries.integers().between(0, 2), distance)
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(300);
  }

  @Property(tries = 400)
  void agreesWithTheModel(
      @ForAll("steps") List<Step> steps,
      @ForAll("nearTheWrap") int firstOutgoing,
      @ForAll("nearTheWrap") int firstIncoming) {
    StreamRewriter rewriter = new StreamRewriter(CLOCK, firstOutgoing, WINDOW);
    Model model = new Model(firstOutgoing);
    long[] next = {firstIncoming, firstIncoming + 1000L, firstIncoming + 50_000L};
    long now = 0;
    rewriter.switchTo(0);
    model.switchTo(0);
    int onAir = 0;
    for (Step step : steps) {
      now += 5_000_000;
      // Most packets are of the source that is shown; the others must not disturb it.
      int source = step.distance() % 4 == 3 ? step.source() : onAir;
      switch (step.kind()) {
        case SWITCH -> {
          onAir = step.source();
          rewriter.switchTo(onAir);
          model.switchTo(onAir);
        }
        case PACKET, LATE -> {
          boolean late = step.kind() == Kind.LATE;
          long incoming = next[source] + (late ? -1 - step.distance() : step.distance());
          next[source] = Math.max(next[source], incoming + 1);
          check(rewriter, model, source, incoming, now);
        }
        case DROP, LATE_DROP -> {
          boolean late = step.kind() == Kind.LATE_DROP;
          long incoming = next[source] + (late ? -1 - step.distance() : step.distance());
          next[source] = Math.max(next[source], incoming + 1);
          rewriter.drop(source, (int) incoming & 0xffff);
          model.drop(source, incoming);
        }
      }
      assertEquals(model.highest & 0xffff, rewriter.highestSequenceNumber());
    }
    model.checkReverse(rewriter);
  }

  private static void check(
      StreamRewriter rewriter, Model model, int source, long incoming, long now) {
    int timestamp = (int) (incoming * 3000 + source * 123_456_789L);
    Long expected = model.map(source, incoming);
    boolean mapped = rewriter.map(source, (int) incoming & 0xffff, timestamp, now);
    assertEquals(expected != null, mapped);
    if (expected == null) {
      return;
    }
    assertEquals(expected & 0xffff, rewriter.sequenceNumber());
    int offset = rewriter.timestamp() - timestamp;
    Integer known = model.offsets.putIfAbsent(model.mappedEpoch, offset);
    assertTrue(known == null || known == offset, "a stay with a source keeps one offset");
    if (model.mappedCount == 1) {
      assertEquals(0, offset);
      model.highestTimestamp = timestamp;
    }
    int ahead = rewriter.timestamp() - model.highestTimestamp;
    assertTrue(!model.began || ahead >= 0, "no jump back at a switch");
    model.highestTimestamp += Math.max(0, ahead);
  }

  @Provide
  Arbitrary<Integer> nearTheWrap() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(65_400, 65_535), Arbitraries.integers().between(0, 200));
  }

  /** One stay with a source. */
  private static final class Epoch {
    final int number;
    final int source;
    final long start;
    final TreeMap<Long, Long> outgoing = new TreeMap<>();
    final Map<Long, Boolean> dropped = new HashMap<>();
    long highest;

    Epoch(int number, int source, long start) {
      this.number = number;
      this.source = source;
      this.start = start;
      this.highest = start - 1;
    }

    boolean remembers(int source, long incoming) {
      return this.source == source
          && incoming >= start
          && incoming <= highest
          && incoming > highest - WINDOW;
    }
  }

  private static final class Model {
    private @Nullable Epoch current;
    private @Nullable Epoch previous;
    private int wanted = -1;
    private long highest;
    private final Map<Integer, Integer> offsets = new HashMap<>();
    private boolean began;
    private int mappedEpoch;
    private int epochs;
    private int mappedCount;
    private int highestTimestamp;

    Model(long firstOutgoing) {
      highest = firstOutgoing - 1;
    }

    void switchTo(int source) {
      wanted = source;
    }

    @Nullable Long map(int source, long incoming) {
      began = false;
      if (wanted == source && (current == null || !current.remembers(source, incoming))) {
        previous = current;
        current = new Epoch(epochs++, source, incoming);
        wanted = -1;
        began = true;
      }
      Epoch epoch = find(source, incoming);
      if (epoch == null) {
        return null;
      }
      fill(epoch, incoming);
      if (epoch.dropped.containsKey(incoming)) {
        return null;
      }
      mappedEpoch = epoch.number;
      mappedCount++;
      return epoch.outgoing.get(incoming);
    }

    void drop(int source, long incoming) {
      Epoch epoch = find(source, incoming);
      if (epoch == null) {
        return;
      }
      if (incoming > epoch.highest) {
        fill(epoch, incoming - 1);
        epoch.highest = incoming;
      }
      epoch.dropped.put(incoming, true);
    }

    private @Nullable Epoch find(int source, long incoming) {
      if (current != null && current.remembers(source, incoming)) {
        return current;
      }
      if (current != null && wanted < 0 && current.source == source && incoming > current.highest) {
        return current;
      }
      return previous != null && previous.remembers(source, incoming) ? previous : null;
    }

    private void fill(Epoch epoch, long to) {
      while (epoch.highest < to) {
        epoch.highest++;
        highest++;
        epoch.outgoing.put(epoch.highest, highest);
      }
    }

    void checkReverse(StreamRewriter rewriter) {
      assertEquals(StreamRewriter.UNKNOWN, rewriter.incomingSequence((int) (highest + 1) & 0xffff));
      Map<Long, Long> known = new HashMap<>();
      for (Epoch epoch : List.of(orEmpty(previous), orEmpty(current))) {
        epoch.outgoing.forEach(
            (incoming, outgoing) -> {
              assertNull(known.put(outgoing, incoming), "no number is given twice");
              boolean remembered = outgoing > highest - WINDOW;
              int expected = remembered ? (int) (incoming & 0xffff) : StreamRewriter.UNKNOWN;
              int number = (int) (outgoing & 0xffff);
              assertEquals(expected, rewriter.incomingSequence(number));
              assertFalse(remembered && rewriter.incomingSsrc(number) != epoch.source);
            });
      }
    }

    private static Epoch orEmpty(@Nullable Epoch epoch) {
      return epoch == null ? new Epoch(-1, -1, 0) : epoch;
    }
  }
}
