package io.vaxel.signaling;

import io.netty.util.concurrent.Ticker;

/** A token bucket that begins full. Not safe for threads. */
public final class TokenBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Ticker ticker;
  private final double perSecond;
  private final double burst;
  private double tokens;
  private long filledAt;

  /**
   * @param ticker the time
   * @param perSecond tokens that come back each second
   * @param burst most tokens in the bucket
   */
  public TokenBucket(Ticker ticker, double perSecond, double burst) {
    this.ticker = ticker;
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
    this.filledAt = ticker.nanoTime();
  }

  /** Takes so many tokens, or none at all and returns false. */
  public boolean take(double count) {
    long now = ticker.nanoTime();
    tokens = Math.min(burst, tokens + (now - filledAt) * perSecond / NANOS_PER_SECOND);
    filledAt = now;
    if (tokens < count) {
      return false;
    }
    tokens -= count;
    return true;
  }
}
