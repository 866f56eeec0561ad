package io.vaxel.signaling.call;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.proto.IncomingCall;
import io.vaxel.signaling.proto.IncomingCallEnded;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A device that rings and remembers. */
final class FakeDevice implements Device {
  final List<IncomingCall> calls = new ArrayList<>();
  final List<IncomingCallEnded> ends = new ArrayList<>();

  /** The call that began to ring last of those that ring. */
  @Nullable String ringing;

  private final LinkedHashSet<String> all = new LinkedHashSet<>();

  @Override
  public void incomingCall(IncomingCall call) {
    calls.add(call);
    if (!all.add(call.getCallId())) {
      throw new AssertionError("rings twice for " + call.getCallId());
    }
    ringing = call.getCallId();
  }

  @Override
  public void incomingCallEnded(IncomingCallEnded end) {
    if (!all.remove(end.getCallId())) {
      throw new AssertionError("stops ringing for " + end.getCallId() + ", rings for " + all);
    }
    ends.add(end);
    ringing = all.isEmpty() ? null : all.getLast();
  }

  /** The call that rings now. */
  String call() {
    if (ringing == null) {
      throw new AssertionError("does not ring");
    }
    return ringing;
  }

  /** Why it stopped ringing last. */
  EndReason why() {
    IncomingCallEnded end = ends.getLast();
    return FakeClient.reason(end.getCode(), end.getSubCode());
  }
}
