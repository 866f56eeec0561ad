package io.vaxel.client;

/**
 * Why a call ended: callEndReason of the ACS calling SDK. The values are listed in
 * docs/calling/end-reasons.md.
 *
 * @param code numbered like HTTP and SIP; 0 when somebody hung up
 * @param subCode tells apart reasons of the same code
 * @param message for people; may be empty
 */
public record CallEndReason(int code, int subCode, String message) {
  static final CallEndReason HUNG_UP = new CallEndReason(0, 0, "");
  static final CallEndReason CONNECTION_LOST =
      new CallEndReason(410, 301005, "The signalling session is over.");
}
