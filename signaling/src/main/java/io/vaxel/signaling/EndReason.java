package io.vaxel.signaling;

/**
 * Why a call ended for a participant who did not ask for it: callEndReason of the calling SDK. The
 * sub-codes of rooms are those of ACS, which applications compare.
 */
public enum EndReason {
  TOKEN_EXPIRED(401, 40103, "The access token has expired."),
  TOKEN_REVOKED(401, 40105, "The access token was revoked, or its user or resource deleted."),
  REMOVED_FROM_ROOM(403, 5317, "The user is not invited to the room any more."),
  ROOM_CLOSED(403, 5829, "The room is not open."),
  ROOM_GONE(404, 5732, "The room does not exist any more."),
  INTERNAL(500, 50001, "The server made a mistake; its log has the details."),
  SERVER_STOPPING(503, 50302, "The server is stopping.");

  private final int code;
  private final int subCode;
  private final String message;

  EndReason(int code, int subCode, String message) {
    this.code = code;
    this.subCode = subCode;
    this.message = message;
  }

  /** The code, numbered like HTTP. */
  public int code() {
    return code;
  }

  /** Tells apart reasons of the same code. */
  public int subCode() {
    return subCode;
  }

  /** What happened, for people. */
  public String message() {
    return message;
  }
}
