package io.vaxel.benchmarks.load;

import io.vaxel.benchmarks.process.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sets calls up at a rate, whatever the server does, and hangs each up once both are connected. A
 * delay counts from when the call was due, so that a server that stalls is not spared.
 */
final class SetUps {
  private final BlockingQueue<CallPair> free;
  private final int rate;
  private final Histogram connected = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);
  private final Histogram hungUp = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();
  private int skipped;

  SetUps(List<CallPair> pairs, int rate) {
    this.free = new LinkedBlockingQueue<>(pairs);
    this.rate = rate;
  }

  /** Runs for so many seconds, and until the last call is over. */
  void run(int seconds) {
    List<CompletableFuture<?>> calls = new ArrayList<>();
    long start = System.nanoTime();
    long interval = TimeUnit.SECONDS.toNanos(1) / rate;
    for (long i = 0; i < (long) rate * seconds; i++) {
      long due = start + i * interval;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      CallPair pair = free.poll();
      if (pair == null) {
        skipped++; // everybody is in a call: the server does not keep up
      } else {
        calls.add(call(pair, due));
      }
    }
    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
  }

  private CompletableFuture<?> call(CallPair pair, long due) {
    return pair.setUp()
        .thenCompose(
            both -> {
              connected.recordValue(System.nanoTime() - due);
              return pair.hangUp();
            })
        .handle(
            (done, error) -> {
              if (error == null) {
                hungUp.recordValue(System.nanoTime() - due);
              } else {
                failed.incrementAndGet();
                Throwable cause = error instanceof CompletionException ? error.getCause() : error;
                firstFailure.compareAndSet(null, String.valueOf(cause));
              }
              free.add(pair);
              return error == null;
            });
  }

  /** Calls that did not come about or did not end, and those that could not be tried. */
  int failures() {
    return failed.get() + skipped;
  }

  void report(Map<String, Object> findings) {
    findings.put("setUps", connected.getTotalCount());
    findings.put("failed", failed.get());
    findings.put("notTried", skipped);
    String failure = firstFailure.get();
    if (failure != null) {
      findings.put("firstFailure", failure);
    }
    findings.put("placeToBothConnectedP50Ms", millis(connected, 50));
    findings.put("placeToBothConnectedP99Ms", millis(connected, 99));
    findings.put("placeToHungUpP99Ms", millis(hungUp, 99));
  }

  private static double millis(Histogram delays, double percentile) {
    return Report.round(delays.getValueAtPercentile(percentile) / 1e6);
  }
}
