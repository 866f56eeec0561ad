package io.vaxel.signaling.call;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls on a loop whose time stands still until it is told otherwise. */
final class CallRig {
  static final String GROUP = "29228d3e-040e-4656-a70e-890ab4e173e5";
  static final String OTHER_GROUP = "29228d3e-040e-4656-a70e-890ab4e173e6";

  private final EmbeddedChannel clock = new EmbeddedChannel();
  private final AtomicInteger lastId = new AtomicInteger();
  final FakeMedia media = new FakeMedia(clock.eventLoop());
  final Devices devices = new Devices(3);

  /** Numbers that can be reached, and what rings there. */
  final Map<String, Device> legs = new HashMap<>();

  final Calls calls;

  CallRig() {
    this(new CallLimits(2, 5, 3, 4, Duration.ofMillis(300)));
  }

  CallRig(CallLimits limits) {
    clock.freezeTime();
    calls =
        new Calls(
            new CallEnvironment(
                media,
                limits,
                CallTimeouts.defaults(),
                devices,
                (_, number, _) -> legs.get(number),
                () -> Instant.EPOCH,
                () -> "id" + lastId.incrementAndGet()));
  }

  /** Runs what waits on the loop. */
  void run() {
    clock.runPendingTasks();
    clock.checkException();
  }

  void advance(Duration time) {
    clock.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    run();
  }
}
