package io.vaxel.benchmarks.net;

import java.util.random.RandomGenerator;

/**
 * Decides when, if at all, a packet leaves one direction of a link. Knows no clock, no packet and
 * no thread: time comes in, time goes out. One thread calls {@link #admit}; any thread may change
 * the impairment and read the counters.
 */
public final class LinkDirection {
  /** Returned for a packet that does not leave. */
  public static final long DROPPED = Long.MIN_VALUE;

  /** How often the wandering delay heads for another point. */
  private static final long WANDER_NANOS = 50_000_000;

  private final RandomGenerator random;
  private volatile Impairment impairment = Impairment.NONE;
  private volatile LinkCounters counters = new LinkCounters(0, 0, 0, 0, 0);

  private boolean used;
  private long busyUntil;
  private long lastDeparture;
  private long wanderSince;
  private double wanderFrom;
  private double wanderTo;

  /** A perfect direction; {@code random} decides on loss, jitter and reordering. */
  public LinkDirection(RandomGenerator random) {
    this.random = random;
  }

  /** Changes what happens from the next packet on. */
  public void impair(Impairment impairment) {
    this.impairment = impairment;
  }

  /** What happens to packets now. */
  public Impairment impairment() {
    return impairment;
  }

  /** What has happened to packets, as of one moment. */
  public LinkCounters counters() {
    return counters;
  }

  /**
   * When a packet that enters now leaves.
   *
   * @param bytes length of the packet, IP header included
   * @param now nanoseconds; never less than the last one
   * @return nanoseconds of the same clock, {@code now} or later, or {@link #DROPPED}
   */
  public long admit(int bytes, long now) {
    Impairment rules = impairment;
    LinkCounters before = counters;
    if (!used) {
      used = true;
      busyUntil = now - 2 * WANDER_NANOS;
      lastDeparture = now;
      wanderSince = now - WANDER_NANOS;
    }
    if (chance(rules.lossPercent())) {
      counters =
          new LinkCounters(
              before.lost() + 1,
              before.overflowed(),
              before.passed(),
              before.reordered(),
              before.passedBytes());
      return DROPPED;
    }
    long sent = now;
    if (rules.kilobitsPerSecond() > 0) {
      long start = Math.max(busyUntil, now - serialisation(rules.burstBytes(), rules));
      if (start - now > rules.queueLimit().toNanos()) {
        counters =
            new LinkCounters(
                before.lost(),
                before.overflowed() + 1,
                before.passed(),
                before.reordered(),
                before.passedBytes());
        return DROPPED;
      }
      busyUntil = start + serialisation(bytes, rules);
      sent = Math.max(now, busyUntil);
    }
    long delayed = Math.max(now, sent + rules.delay().toNanos() + wander(rules, now));
    boolean heldBack = chance(rules.reorderPercent());
    long departure;
    if (heldBack) {
      departure = delayed + rules.reorderBy().toNanos();
    } else {
      departure = Math.max(delayed, lastDeparture);
      lastDeparture = departure;
    }
    counters =
        new LinkCounters(
            before.lost(),
            before.overflowed(),
            before.passed() + 1,
            before.reordered() + (heldBack ? 1 : 0),
            before.passedBytes() + bytes);
    return departure;
  }

  private boolean chance(double percent) {
    return percent > 0 && random.nextDouble() * 100 < percent;
  }

  /** Nanoseconds that so many bytes take at the rate. */
  private static long serialisation(int bytes, Impairment rules) {
    return bytes * 8L * 1_000_000 / rules.kilobitsPerSecond();
  }

  /**
   * How far from its middle the delay is now: it goes straight from one random point to the next,
   * as queues on a path fill and drain. Independent values for each packet would shuffle them, and
   * keeping order on top of that would make every delay the longest one.
   */
  private long wander(Impairment rules, long now) {
    long jitter = rules.jitter().toNanos();
    if (jitter == 0) {
      return 0;
    }
    long since = now - wanderSince;
    if (since >= WANDER_NANOS) {
      wanderFrom = since < 2 * WANDER_NANOS ? wanderTo : random.nextDouble(-1, 1);
      wanderTo = random.nextDouble(-1, 1);
      wanderSince = now - since % WANDER_NANOS;
      since = now - wanderSince;
    }
    double position = wanderFrom + (wanderTo - wanderFrom) * since / WANDER_NANOS;
    return (long) (jitter * position);
  }
}
