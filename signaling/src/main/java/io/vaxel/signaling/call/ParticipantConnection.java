package io.vaxel.signaling.call;

import io.vaxel.signaling.proto.ServerMessage;

/** What a call needs of a participant's connection. Called on the call's loop; never blocks. */
public interface ParticipantConnection {
  /** Sends in the order of the calls; does nothing when the connection is lost. */
  void send(ServerMessage message);

  /**
   * The connection takes part in the call no longer: it left, was refused, was lost or the call
   * ended. The last call for one join, and exactly one.
   */
  void released();
}
