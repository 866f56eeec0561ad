package io.vaxel.signaling.call;

import io.vaxel.signaling.proto.IncomingCall;
import io.vaxel.signaling.proto.IncomingCallEnded;

/** A signed-in connection that rings for calls to its user. Methods: any thread; never block. */
public interface Device {
  /** Rings. */
  void incomingCall(IncomingCall call);

  /** Stops ringing for a call; told to every device that rang for it. */
  void incomingCallEnded(IncomingCallEnded end);
}
