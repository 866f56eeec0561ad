package io.vaxel.signaling.call;

import io.netty.channel.embedded.EmbeddedChannel;
import io.vaxel.signaling.RequestRefusedException;
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

  /** A device of a user of the resource "acme", signed in. */
  FakeDevice device(String user) {
    FakeDevice device = new FakeDevice();
    if (!devices.add(FakeClient.rawId(user), device)) {
      throw new AssertionError("too many devices");
    }
    return device;
  }

  /** A telephone that can be reached. */
  FakeDevice telephone(String number) {
    FakeDevice leg = new FakeDevice();
    legs.put(number, leg);
    return leg;
  }

  /** Two people of the resource "acme" who talk. */
  Pair talking(String caller, String callee) throws RequestRefusedException {
    FakeDevice device = device(callee);
    FakeClient first = new FakeClient(caller);
    first.place(calls, FakeClient.rawId(callee));
    run();
    FakeClient second = new FakeClient(callee);
    String callId = device.call();
    second.accept(calls, callId);
    run();
    return new Pair(first, second, callId);
  }

  /** The caller, the callee and their call. */
  record Pair(FakeClient caller, FakeClient callee, String callId) {}

  /** Whether nothing waits for any time to come: every timer is cancelled. */
  boolean isIdle() {
    return !clock.hasPendingTasks();
  }

  /** Runs what waits on the loop. */
  void run() {
    clock.runPendingTasks();
    // What timers asked for waits until now.
    clock.runPendingTasks();
    clock.checkException();
  }

  void advance(Duration time) {
    clock.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    run();
  }
}
