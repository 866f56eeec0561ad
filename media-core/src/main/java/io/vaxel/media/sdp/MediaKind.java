package io.vaxel.media.sdp;

import java.util.Locale;

/** What a media section carries (RFC 8866 section 5.14): the three that browsers write. */
public enum MediaKind {
  AUDIO,
  VIDEO,
  /** A data channel (RFC 8841). */
  APPLICATION;

  /** Lower-case, as an m-line has it. */
  public String sdpName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
