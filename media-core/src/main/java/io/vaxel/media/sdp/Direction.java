package io.vaxel.media.sdp;

import java.util.Locale;

/** Which way media flows, seen from who wrote the description (RFC 8866 section 6.7). */
public enum Direction {
  SENDRECV,
  SENDONLY,
  RECVONLY,
  INACTIVE;

  /** True when the writer sends. */
  public boolean sends() {
    return this == SENDRECV || this == SENDONLY;
  }

  /** True when the writer receives. */
  public boolean receives() {
    return this == SENDRECV || this == RECVONLY;
  }

  /** Lower-case, as SDP has it. */
  public String sdpName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
