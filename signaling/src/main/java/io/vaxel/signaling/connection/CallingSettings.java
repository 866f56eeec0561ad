package io.vaxel.signaling.connection;

/** What connections and their sessions may do and keep. */
public record CallingSettings(ConnectionLimits connections, SessionLimits sessions) {

  /** What docs/calling/errors.md promises. */
  public static CallingSettings defaults() {
    return new CallingSettings(ConnectionLimits.defaults(), SessionLimits.defaults());
  }
}
