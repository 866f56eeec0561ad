package io.vaxel.signaling.call;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Participants who lost their signalling, and what becomes of them: as long as media flows nobody
 * notices; without media they are shown as reconnecting, and removed when that takes too long. Used
 * on the call's loop.
 */
final class Absences {
  private final EventExecutor loop;
  private final Duration timeout;
  private final Consumer<CallParticipant> onChanged;
  private final Consumer<CallParticipant> onExpired;
  private final Set<CallParticipant> silent = new HashSet<>();
  private final Map<CallParticipant, Future<?>> timers = new HashMap<>();

  /**
   * @param onChanged a participant has become absent, or is back
   * @param onExpired a participant was absent for too long
   */
  Absences(
      EventExecutor loop,
      Duration timeout,
      Consumer<CallParticipant> onChanged,
      Consumer<CallParticipant> onExpired) {
    this.loop = loop;
    this.timeout = timeout;
    this.onChanged = onChanged;
    this.onExpired = onExpired;
  }

  void signalingLost(CallParticipant participant) {
    if (silent.add(participant)) {
      mediaChanged(participant);
    }
  }

  void signalingBack(CallParticipant participant) {
    if (silent.remove(participant)) {
      back(participant);
    }
  }

  /** Media of a participant was lost or has come. */
  void mediaChanged(CallParticipant participant) {
    if (!silent.contains(participant)) {
      return;
    }
    if (participant.hasMedia()) {
      back(participant);
    } else if (!timers.containsKey(participant)) {
      timers.put(
          participant,
          loop.schedule(
              () -> {
                timers.remove(participant);
                onExpired.accept(participant);
              },
              timeout.toMillis(),
              TimeUnit.MILLISECONDS));
      participant.absent(true);
      onChanged.accept(participant);
    }
  }

  /** The participant has left the call. */
  void forget(CallParticipant participant) {
    silent.remove(participant);
    cancel(participant);
  }

  private void back(CallParticipant participant) {
    if (cancel(participant)) {
      participant.absent(false);
      onChanged.accept(participant);
    }
  }

  private boolean cancel(CallParticipant participant) {
    Future<?> timer = timers.remove(participant);
    if (timer == null) {
      return false;
    }
    timer.cancel(false);
    return true;
  }
}
