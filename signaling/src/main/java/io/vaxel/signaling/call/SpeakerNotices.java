package io.vaxel.signaling.call;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells who speaks no more often than an interval allows; the last state is always told in the end.
 * Used on the call's loop.
 */
final class SpeakerNotices {
  private final EventExecutor loop;
  private final long intervalNanos;
  private final Consumer<List<String>> send;

  private List<String> latest = List.of();
  private List<String> told = List.of();
  private @Nullable ScheduledFuture<?> pause;

  /**
   * @param send sends the participant ids, loudest first, to everybody
   */
  SpeakerNotices(EventExecutor loop, Duration interval, Consumer<List<String>> send) {
    this.loop = loop;
    this.intervalNanos = interval.toNanos();
    this.send = send;
  }

  /** What the participants were told last. */
  List<String> told() {
    return told;
  }

  /** Says who speaks now. */
  void update(List<String> participantIds) {
    latest = List.copyOf(participantIds);
    if (pause == null) {
      tell();
    }
  }

  /** A participant is gone; the others know by the roster, so nothing is sent for it. */
  void remove(String participantId) {
    latest = latest.stream().filter(id -> !id.equals(participantId)).toList();
    told = told.stream().filter(id -> !id.equals(participantId)).toList();
  }

  void close() {
    if (pause != null) {
      pause.cancel(false);
      pause = null;
    }
  }

  private void tell() {
    if (latest.equals(told)) {
      return;
    }
    told = latest;
    pause =
        loop.schedule(
            () -> {
              pause = null;
              tell();
            },
            intervalNanos,
            TimeUnit.NANOSECONDS);
    send.accept(told);
  }
}
