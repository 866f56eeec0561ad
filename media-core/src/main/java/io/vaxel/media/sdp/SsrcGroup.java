package io.vaxel.media.sdp;

import java.util.List;

/**
 * Sources that belong together (RFC 5576 section 4.2).
 *
 * @param semantics {@code FID} for a source and its retransmissions, {@code SIM} for layers
 * @param ssrcs in the order written
 */
public record SsrcGroup(String semantics, List<Long> ssrcs) {
  /** A source and the one that carries its retransmissions (RFC 4588). */
  public static final String FID = "FID";

  public SsrcGroup {
    ssrcs = List.copyOf(ssrcs);
  }
}
