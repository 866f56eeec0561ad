package io.vaxel.benchmarks.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Scheduling on virtual time. */
class LinkDirectionTest {
  private static final long MS = 1_000_000;
  private static final long START = 86_400_000 * MS;

  private final LinkDirection direction = new LinkDirection(new SplittableRandom(7));

  @Test
  void aPerfectLinkDelaysNothing() {
    for (int i = 0; i < 1000; i++) {
      assertEquals(START + i * MS, direction.admit(1200, START + i * MS));
    }
    assertEquals(new LinkCounters(0, 0, 1000, 0, 1_200_000), direction.counters());
  }

  @Test
  void lossIsTheShareAskedFor() {
    direction.impair(Impairment.NONE.withLoss(5));
    int lost = 0;
    for (int i = 0; i < 100_000; i++) {
      lost += direction.admit(100, START + i) == LinkDirection.DROPPED ? 1 : 0;
    }
    assertTrue(lost > 4700 && lost < 5300, lost + " of 100000");
    assertEquals(lost, direction.counters().lost());
    assertEquals(100_000, direction.counters().offered());
  }

  @Test
  void everythingOrNothingIsLostAtTheEnds() {
    direction.impair(Impairment.NONE.withLoss(100));
    assertEquals(LinkDirection.DROPPED, direction.admit(100, START));
    direction.impair(Impairment.NONE);
    assertEquals(START, direction.admit(100, START));
  }

  @Test
  void delayIsAddedToEveryPacket() {
    direction.impair(Impairment.NONE.withDelay(Duration.ofMillis(20), Duration.ZERO));
    assertEquals(START + 20 * MS, direction.admit(100, START));
    assertEquals(START + 21 * MS, direction.admit(100, START + MS));
  }

  @Test
  void jitterStaysInItsBoundsAndKeepsOrder() {
    direction.impair(Impairment.NONE.withDelay(Duration.ofMillis(50), Duration.ofMillis(10)));
    long last = START;
    double sum = 0;
    double least = Double.MAX_VALUE;
    double most = 0;
    int packets = 60_000;
    for (int i = 0; i < packets; i++) {
      long now = START + i * MS;
      long departure = direction.admit(100, now);
      assertTrue(departure - last >= 0, "overtaken");
      last = departure;
      double delay = (departure - now) / (double) MS;
      sum += delay;
      least = Math.min(least, delay);
      most = Math.max(most, delay);
    }
    assertTrue(least >= 40 && least < 42, "least " + least);
    assertTrue(most <= 60 && most > 58, "most " + most);
    assertEquals(50, sum / packets, 1);
  }

  @Test
  void aShareIsHeldBackAndOvertaken() {
    direction.impair(
        Impairment.NONE
            .withDelay(Duration.ofMillis(5), Duration.ZERO)
            .withReorder(10, Duration.ofMillis(3)));
    int late = 0;
    for (int i = 0; i < 10_000; i++) {
      long now = START + i * MS;
      long departure = direction.admit(100, now);
      if (departure == now + 8 * MS) {
        late++;
      } else {
        assertEquals(now + 5 * MS, departure);
      }
    }
    assertTrue(late > 900 && late < 1100, late + " of 10000");
    assertEquals(late, direction.counters().reordered());
  }

  @Test
  void theRateSpacesPackets() {
    direction.impair(Impairment.NONE.withRate(1000, Duration.ofMillis(200), 0));
    // 1,250 bytes at 1,000 kbit/s take 10 ms each.
    for (int i = 1; i <= 20; i++) {
      assertEquals(START + i * (10 * MS), direction.admit(1250, START));
    }
  }

  @Test
  void whatWouldWaitTooLongIsDropped() {
    direction.impair(Impairment.NONE.withRate(1000, Duration.ofMillis(100), 0));
    List<Long> departures = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      long departure = direction.admit(1250, START);
      if (departure != LinkDirection.DROPPED) {
        departures.add(departure);
      }
    }
    assertEquals(11, departures.size()); // waits of 0 to 100 ms
    assertEquals(START + 110 * MS, departures.getLast());
    assertEquals(89, direction.counters().overflowed());
  }

  @Test
  void theRateHoldsInTheLongRun() {
    direction.impair(Impairment.NONE.withRate(500, Duration.ofMillis(100), 5000));
    long last = START;
    for (int i = 0; i < 20_000; i++) {
      long departure = direction.admit(1000, START + i * MS);
      last = Math.max(departure, last);
    }
    double seconds = (last - START) / 1e9;
    double kilobits = direction.counters().passedBytes() * 8 / 1000.0 / seconds;
    assertEquals(500, kilobits, 5);
  }

  @Test
  void aBurstPassesAfterAPause() {
    direction.impair(Impairment.NONE.withRate(1000, Duration.ofMillis(200), 2500));
    assertEquals(START, direction.admit(1250, START));
    assertEquals(START, direction.admit(1250, START));
    assertEquals(START + 10 * MS, direction.admit(1250, START));
  }

  @Test
  void changesHoldFromTheNextPacketOn() {
    direction.impair(Impairment.NONE.withDelay(Duration.ofMillis(50), Duration.ZERO));
    assertEquals(START + 50 * MS, direction.admit(100, START));
    direction.impair(Impairment.NONE);
    // What is on its way is not overtaken.
    assertEquals(START + 50 * MS, direction.admit(100, START + MS));
    assertEquals(START + 60 * MS, direction.admit(100, START + 60 * MS));
  }

  @Test
  void theSameSeedGivesTheSameNetwork() {
    Impairment bad = Impairment.NONE.withLoss(30).withReorder(20, Duration.ofMillis(2));
    LinkDirection twin = new LinkDirection(new SplittableRandom(7));
    direction.impair(bad);
    twin.impair(bad);
    for (int i = 0; i < 1000; i++) {
      assertEquals(direction.admit(100, START + i), twin.admit(100, START + i));
    }
  }
}
