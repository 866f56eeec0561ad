package io.vaxel.benchmarks.load;

import io.vaxel.media.transport.MediaLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Repeats actions at steady rates on a loop, each beginning at a random phase. */
final class FramePacer {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final MediaLoop loop;
  private final List<Future<?>> running = new ArrayList<>();

  FramePacer(MediaLoop loop) {
    this.loop = loop;
  }

  /** Runs {@code action} {@code perSecond} times a second until {@link #stop}. */
  void start(double perSecond, Runnable action) {
    long period = (long) (SECOND_NANOS / perSecond);
    running.add(
        loop.eventLoop()
            .scheduleAtFixedRate(
                () -> loop.runInBatch(action),
                ThreadLocalRandom.current().nextLong(period),
                period,
                TimeUnit.NANOSECONDS));
  }

  void stop() {
    running.forEach(task -> task.cancel(false));
    running.clear();
  }
}
