package io.vaxel.signaling.call;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Video and screen shares of one participant that were asked for while its media was not connected:
 * they come about in time, or not at all. Used on the call's loop.
 */
final class ModalityWatch {
  private final EventExecutor loop;
  private final Duration timeout;
  private final Consumer<String> onExpired;
  private final Map<String, Future<?>> timers = new HashMap<>();

  /**
   * @param onExpired gets the id of a track that did not come about
   */
  ModalityWatch(EventExecutor loop, Duration timeout, Consumer<String> onExpired) {
    this.loop = loop;
    this.timeout = timeout;
    this.onExpired = onExpired;
  }

  /** A track was asked for. */
  void expect(String trackId) {
    timers.put(
        trackId,
        loop.schedule(
            () -> {
              timers.remove(trackId);
              onExpired.accept(trackId);
            },
            timeout.toMillis(),
            TimeUnit.MILLISECONDS));
  }

  /** The track is gone before it came about, or not waited for any longer. */
  void forget(String trackId) {
    Future<?> timer = timers.remove(trackId);
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Media is connected: everything has come about. */
  void connected() {
    timers.values().forEach(timer -> timer.cancel(false));
    timers.clear();
  }
}
