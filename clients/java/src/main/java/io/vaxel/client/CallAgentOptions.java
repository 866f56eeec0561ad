package io.vaxel.client;

/**
 * How a user signs in.
 *
 * @param displayName what others see; at most 256 characters
 * @param receivesCalls whether calls to the user ring here
 * @param resumable whether a lost socket is replaced, without anybody noticing
 */
public record CallAgentOptions(String displayName, boolean receivesCalls, boolean resumable) {
  /** Rings for calls, and survives a lost socket. */
  public static CallAgentOptions of(String displayName) {
    return new CallAgentOptions(displayName, true, true);
  }

  /** For joining and placing calls only; a lost socket is a leave. */
  public static CallAgentOptions outgoing(String displayName) {
    return new CallAgentOptions(displayName, false, false);
  }
}
