package io.vaxel.signaling.connection;

import io.vaxel.signaling.call.CallTimeouts;

/**
 * What the operator may set.
 *
 * @param timeouts told in Welcome; sessions wait for their next socket by them
 */
public record CallingSettings(
    ConnectionLimits connections, SessionLimits sessions, CallTimeouts timeouts) {

  /** What the documentation promises. */
  public static CallingSettings defaults() {
    return new CallingSettings(
        ConnectionLimits.defaults(), SessionLimits.defaults(), CallTimeouts.defaults());
  }
}
