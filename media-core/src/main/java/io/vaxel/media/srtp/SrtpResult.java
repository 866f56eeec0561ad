package io.vaxel.media.srtp;

/** What became of a received packet. The buffer's bytes are to be used after {@link #OK} only. */
public enum SrtpResult {
  /** Authentic, new and decrypted. */
  OK,
  /** Too short for what its header, extension and tag say, or not of version 2. */
  MALFORMED,
  /** The tag is not the one that key, index and packet give: wrong key, changed, or forged. */
  NOT_AUTHENTIC,
  /** Received before, or too far behind the newest to know (RFC 3711 section 3.3.2). */
  REPLAYED,
  /** Authentic, but from one more synchronization source than this receiver keeps state for. */
  TOO_MANY_STREAMS
}
