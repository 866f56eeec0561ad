package io.vaxel.common.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bucket of tokens for each key, of one rate. Only so many keys are remembered: the one that was
 * quiet for longest is forgotten, and begins with a full bucket when it comes again. Safe for any
 * thread.
 */
final class Buckets {
  private final Rate rate;
  private final TimeMeter time;
  private final Map<String, Bucket> byKey;

  Buckets(Rate rate, int mostKeys, TimeMeter time) {
    this.rate = rate;
    this.time = time;
    this.byKey =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > mostKeys;
          }
        };
  }

  Rate rate() {
    return rate;
  }

  /** Takes a token: zero when there was one, else how long until there is. */
  Duration take(String key) {
    Bucket bucket;
    synchronized (byKey) {
      bucket = byKey.computeIfAbsent(key, _ -> newBucket());
    }
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
  }

  int keys() {
    synchronized (byKey) {
      return byKey.size();
    }
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(
            limit -> limit.capacity(rate.requests()).refillGreedy(rate.requests(), rate.per()))
        .build();
  }
}
