package io.vaxel.signaling;

import static io.vaxel.signaling.EndReason.Source.ACS;
import static io.vaxel.signaling.EndReason.Source.MICROSOFT;
import static io.vaxel.signaling.EndReason.Source.VAXEL;

/**
 * Why a call ended, or an attempt in it: callEndReason of the calling SDK, in one table;
 * docs/calling/end-reasons.md is made from it. Values that ACS documents are the same here, because
 * applications compare them.
 */
public enum EndReason {
  HUNG_UP(0, 0, ACS, "The call ended because somebody hung up."),
  ENDED_FOR_EVERYONE(0, 4097, ACS, "Somebody ended the call for everybody."),
  LEFT_ABRUPTLY(0, 4521, ACS, "The other one vanished without hanging up."),
  ALL_DECLINED(0, 5003, ACS, "Everybody who was called declined."),
  REMOVED(0, 5300, ACS, "Another participant took this one out of the call."),
  TRANSFERRED(0, 7015, MICROSOFT, "The call was transferred."),
  PSTN_HUNG_UP(0, 560000, ACS, "The telephone hung up."),
  TOKEN_EXPIRED(401, 40103, VAXEL, "The access token has expired."),
  TOKEN_REVOKED(
      401, 40105, VAXEL, "The access token was revoked, or its user or resource deleted."),
  REMOVED_FROM_ROOM(403, 5317, ACS, "The user is not invited to the room any more."),
  ROOM_CLOSED(403, 5829, ACS, "The room is not open."),
  TURNED_AWAY(403, 5854, MICROSOFT, "Somebody in the call did not admit this participant."),
  ROOM_GONE(404, 5732, ACS, "The room does not exist any more."),
  SETUP_NOT_FINISHED(408, 10057, ACS, "The callee accepted, but its device did not connect."),
  MODALITY_TIMEOUT(408, 40801, VAXEL, "Video or the screen share did not connect in time."),
  TRANSFER_TIMEOUT(408, 40802, VAXEL, "The transfer was not completed in time."),
  CONNECTION_LOST(410, 301005, ACS, "Media and signalling were lost for too long."),
  NOT_REACHABLE(480, 10037, MICROSOFT, "The callee is signed in nowhere."),
  BUSY(486, 0, VAXEL, "The callee is busy."),
  PSTN_BUSY(486, 560486, ACS, "The telephone is busy."),
  CANCELLED(487, 0, ACS, "The caller hung up before anybody answered."),
  ANSWERED_ELSEWHERE(487, 10003, ACS, "Another device of this user answered."),
  NO_ANSWER(487, 10004, ACS, "Nobody answered in time."),
  DECLINED_ELSEWHERE(487, 10024, ACS, "Another device of this user declined."),
  INTERNAL(500, 50001, VAXEL, "The server made a mistake; its log has the details."),
  SERVER_STOPPING(503, 50302, VAXEL, "The server is stopping."),
  PSTN_UNAVAILABLE(503, 50304, VAXEL, "The server has no way to the telephone network."),
  DECLINED(603, 0, ACS, "The callee declined.");

  private final int code;
  private final int subCode;
  private final Source source;
  private final String message;

  EndReason(int code, int subCode, Source source, String message) {
    this.code = code;
    this.subCode = subCode;
    this.source = source;
    this.message = message;
  }

  /** Who gave the value its meaning. */
  public enum Source {
    /** "Troubleshooting call end response codes" of the ACS documentation. */
    ACS,
    /**
     * Other public pages and code of Microsoft's: Microsoft Graph "Delete call", SIP 480 response
     * codes of Teams, the ACS UI library.
     */
    MICROSOFT,
    /** Ours, where nothing was published. */
    VAXEL
  }

  /** The code, numbered like HTTP. */
  public int code() {
    return code;
  }

  /** Tells apart reasons of the same code. */
  public int subCode() {
    return subCode;
  }

  /** Where the value comes from. */
  public Source source() {
    return source;
  }

  /** What happened, for people. */
  public String message() {
    return message;
  }
}
