package io.vaxel.media.dtls;

/**
 * Why a handshake did not succeed.
 *
 * @param reason what an operator or a program distinguishes
 * @param detail a short English phrase, free of secrets and of the peer's own text
 */
public record DtlsFailure(Reason reason, String detail) {
  /** The kinds of failure. */
  public enum Reason {
    /**
     * As many handshakes as {@link DtlsSettings#handshakesInFlight()} were under way: try again.
     */
    BUSY,
    /** Not complete within {@link DtlsSettings#handshakeLimit()}. */
    TIMED_OUT,
    /** The peer showed no certificate, or another one than signalled (RFC 8122 section 6.2). */
    FINGERPRINT_MISMATCH,
    /** The peer offered no use_srtp, or no profile of ours (RFC 5764 section 4.1). */
    NO_COMMON_SRTP_PROFILE,
    /** The peer refused: a fatal alert, named in the detail. */
    PEER_ALERT,
    /** The peer ended the association during the handshake. */
    PEER_CLOSED,
    /**
     * The peer broke the protocol or shares no version or cipher suite; our alert in the detail.
     */
    PROTOCOL
  }
}
