package io.vaxel.signaling.call;

import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.proto.IncomingCall;
import io.vaxel.signaling.proto.IncomingCallEnded;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A device that rings and remembers. */
final class FakeDevice implements Device {
  final List<IncomingCall> calls = new ArrayList<>();
  final List<IncomingCallEnded> ends = new ArrayList<>();
  @Nullable String ringing;

  @Override
  public void incomingCall(IncomingCall call) {
    if (ringing != null) {
      throw new AssertionError("rings for two calls");
    }
    calls.add(call);
    ringing = call.getCallId();
  }

  @Override
  public void incomingCallEnded(IncomingCallEnded end) {
    if (!end.getCallId().equals(ringing)) {
      throw new AssertionError("stops ringing for " + end.getCallId() + ", rings for " + ringing);
    }
    ends.add(end);
    ringing = null;
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
