package io.vaxel.signaling;

/**
 * Every error that a client of the calling protocol can be told, in one table;
 * docs/calling/errors.md shows the same table to developers. Codes are numbered like HTTP,
 * sub-codes tell errors of one code apart and are never reused. Those of rooms are the ones of ACS,
 * which applications compare.
 */
public enum SignalingError {
  MALFORMED_MESSAGE(40001, true, "The message is not a ClientMessage in a binary frame."),
  UNKNOWN_MESSAGE(40002, false, "The message has no body that this server knows."),
  INVALID_REQUEST_ID(40003, false, "request_id must be greater than zero."),
  INVALID_DISPLAY_NAME(40004, true, "display_name is longer than 256 characters."),
  INVALID_SDK(40005, true, "sdk_name or sdk_version is longer than 64 characters."),
  INVALID_GROUP_ID(
      40006, false, "group_id must be a UUID such as 29228d3e-040e-4656-a70e-890ab4e173e5."),
  INVALID_TRACK(
      40007,
      false,
      "A published track needs a mid of 1 to 16 visible ASCII characters, unique in the request, and a known kind."),
  INVALID_TRACK_STATE(40008, false, "state must be on, muted or off."),
  SDP_REFUSED(40009, false, "The session description cannot be used."),
  HELLO_EXPECTED(
      40010, true, "The first message must be Hello, and the next may follow Welcome only."),
  OWN_TRACK(40011, false, "A client cannot subscribe to its own track."),
  INVALID_AUTO_SUBSCRIBE(
      40012, false, "auto_subscribe has a value that this server does not know."),
  INVALID_TARGET(
      40013,
      false,
      "A target must be another user of the same resource, 8:acs:..., or a number, 4:+..."),
  INVALID_CUSTOM_CONTEXT(
      40014,
      false,
      "custom_context has at most 5 SIP headers (key 64, value 256 characters), 1,000 VoIP headers (key 64, value 1,024) and 1,024 characters of user_to_user."),
  INVALID_DTMF(40015, false, "tones must be 1 to 32 of 0-9, A-D, *, # and !."),
  INVALID_REACTION(40016, false, "reaction has a value that this server does not know."),
  INVALID_TEXT(40017, false, "text is longer than 2,000 characters."),
  INVALID_DATA(
      40018,
      false,
      "channel_id must be 1 to 65,535, the payload at most 32 KiB, the receivers at most 64."),
  INVALID_LANGUAGE(40019, false, "spoken_language must be a BCP 47 tag such as en-US."),
  INVALID_ACKNOWLEDGEMENT(
      40020, false, "acknowledged is the number of a message that was never sent."),
  HELLO_TIMEOUT(40101, true, "No Hello arrived, or it could not be checked, in time."),
  TOKEN_INVALID(40102, true, "The access token is not valid."),
  TOKEN_EXPIRED(40103, true, "The access token has expired."),
  RENEWAL_REFUSED(
      40104,
      false,
      "The new access token is not valid, has no calling scope or belongs to somebody else."),
  TOKEN_REVOKED(40105, true, "The access token was revoked, or its user or resource deleted."),
  SCOPE_MISSING(40301, true, "The access token has neither scope voip nor voip.join."),
  START_NOT_ALLOWED(
      40302, false, "The call has not begun, and scope voip.join allows to join calls only."),
  NOT_YOUR_TRACK(40303, false, "The track belongs to another participant."),
  SDK_RETIRED(40304, true, "This version of the client library is not served any more; update it."),
  ROLE_FORBIDS(40305, false, "The role in the room does not allow to send a track of this kind."),
  NOT_PERMITTED(40306, false, "The role, or the kind of the call, does not allow this."),
  MEDIA_FORBIDDEN(40307, false, "Another participant forbade this kind of media."),
  IN_LOBBY(40308, false, "In the lobby nothing is possible but to leave."),
  NOT_INVITED(403, 5828, "The user is not invited to the room."),
  ROOM_NOT_OPEN(403, 5829, "The room is not open at this time."),
  UNKNOWN_TRACK(40401, false, "There is no such track in the call."),
  UNKNOWN_CALL(40402, false, "There is no such call, or it does not ring for this user."),
  UNKNOWN_PARTICIPANT(40403, false, "There is no such participant in the call."),
  UNKNOWN_TRANSFER(40404, false, "There is no such transfer for this user, or it is over."),
  ROOM_NOT_FOUND(404, 5732, "There is no such room."),
  ALREADY_GREETED(40901, false, "The connection has said Hello before."),
  ALREADY_IN_CALL(40902, false, "The connection takes part in a call already."),
  NOT_IN_CALL(40903, false, "The connection takes part in no call."),
  OFFER_NOT_OPEN(40904, false, "No offer with this offer_id waits for an answer."),
  ANSWERED_ELSEWHERE(40905, false, "Another device has answered the call."),
  ALREADY_THERE(40906, false, "This user is in the call, or is being called, already."),
  TRANSFER_IN_PROGRESS(40907, false, "The call is being transferred already."),
  REQUEST_FORGOTTEN(
      40908,
      false,
      "A request with this request_id may have been carried out already; new ones need higher ids."),
  SESSION_OVER(41001, true, "The session to resume is over."),
  MESSAGE_TOO_LARGE(41301, true, "The message is longer than 256 KiB."),
  TOO_MANY_MESSAGES(
      42901, false, "Too many messages in too short a time; who goes on is disconnected."),
  TOO_MANY_WAITING(42902, false, "Too many requests wait for their answer."),
  TOO_MANY_TRACKS(42903, false, "A participant may publish 8 tracks."),
  TOO_MANY_SUBSCRIPTIONS(42904, false, "A participant may be subscribed to 200 tracks."),
  CALL_FULL(42905, false, "A call has room for 350 participants."),
  TOO_MANY_REACTIONS(42906, false, "Too many reactions in too short a time."),
  TOO_MANY_SPOTLIGHTS(42907, false, "Seven participants may be in the spotlight."),
  TOO_MANY_DEVICES(42908, true, "This user has 50 devices that ring already."),
  INTERNAL(50001, false, "The server made a mistake; its log has the details."),
  SERVER_BUSY(
      50301, false, "The server checks too many connections at this moment; try again later."),
  SERVER_STOPPING(50302, false, "The server is stopping."),
  TOO_MANY_CALLS(50303, false, "The server holds as many calls as it may; try again later.");

  private final int code;
  private final int subCode;
  private final boolean closes;
  private final String message;

  SignalingError(int subCode, boolean closes, String message) {
    this.code = subCode / 100;
    this.subCode = subCode;
    this.closes = closes;
    this.message = message;
  }

  SignalingError(int code, int subCode, String message) {
    this.code = code;
    this.subCode = subCode;
    this.closes = false;
    this.message = message;
  }

  /** The code, numbered like HTTP. */
  public int code() {
    return code;
  }

  /** Tells apart errors of the same code. */
  public int subCode() {
    return subCode;
  }

  /** Whether the server always closes the socket after telling this error. */
  public boolean closes() {
    return closes;
  }

  /** What happened, for people. */
  public String message() {
    return message;
  }
}
