package io.vaxel.signaling.call;

import io.vaxel.signaling.proto.ServerMessage;
import org.jspecify.annotations.Nullable;

/** What a call needs of a participant's connection. Called on the call's loop; never blocks. */
public interface ParticipantConnection {
  /** Sends in the order of the calls; does nothing when the connection is lost. */
  void send(ServerMessage message);

  /**
   * The connection takes part in the call no longer: it left, was refused, was lost or the call
   * ended. The last call for one join, and exactly one.
   *
   * @param farewell what it is told as the last thing, or null. It must not arrive before the
   *     connection is free: a client may begin its next call at once
   */
  void released(@Nullable ServerMessage farewell);
}
