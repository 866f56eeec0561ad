package io.vaxel.signaling;

import io.vaxel.signaling.proto.CallEnded;
import io.vaxel.signaling.proto.Done;
import io.vaxel.signaling.proto.Error;
import io.vaxel.signaling.proto.Notice;
import io.vaxel.signaling.proto.ServerMessage;

/** The server messages that connections and calls both send. */
public final class ServerMessages {
  private ServerMessages() {}

  /** The answer to a request that had nothing to say but that it succeeded. */
  public static ServerMessage done(long requestId) {
    return ServerMessage.newBuilder()
        .setInReplyTo(requestId)
        .setDone(Done.getDefaultInstance())
        .build();
  }

  /**
   * Tells an error.
   *
   * @param requestId the request that failed, or zero when the error answers none
   */
  public static ServerMessage error(long requestId, SignalingError error, String message) {
    return ServerMessage.newBuilder()
        .setInReplyTo(requestId)
        .setError(
            Error.newBuilder()
                .setCode(error.code())
                .setSubCode(error.subCode())
                .setMessage(message))
        .build();
  }

  /** The answer to a refused request. */
  public static ServerMessage error(long requestId, RequestRefusedException refused) {
    String message = refused.getMessage();
    return error(requestId, refused.error(), message == null ? "" : message);
  }

  /** Something the user or the developer should know. */
  public static ServerMessage notice(Notice.Kind kind, String message) {
    return ServerMessage.newBuilder()
        .setNotice(Notice.newBuilder().setKind(kind).setMessage(message))
        .build();
  }

  /** Tells a participant that the call is over. */
  public static ServerMessage callEnded(EndReason reason) {
    return ServerMessage.newBuilder()
        .setCallEnded(
            CallEnded.newBuilder()
                .setCode(reason.code())
                .setSubCode(reason.subCode())
                .setMessage(reason.message()))
        .build();
  }
}
