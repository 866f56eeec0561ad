package io.vaxel.benchmarks.net;

/**
 * What one direction has done to packets so far; each packet is in one of lost, overflowed and
 * passed.
 *
 * @param lost dropped by chance
 * @param overflowed dropped because it would have waited too long for the rate
 * @param passed let through
 * @param reordered of those, how many were held back
 * @param passedBytes bytes of those passed, IP headers included
 */
public record LinkCounters(
    long lost, long overflowed, long passed, long reordered, long passedBytes) {
  /** Packets that entered. */
  public long offered() {
    return lost + overflowed + passed;
  }
}
