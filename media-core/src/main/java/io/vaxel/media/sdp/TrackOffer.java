package io.vaxel.media.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One section to offer: a track to send, or a free slot that keeps its place in the description.
 *
 * @param mid the section's name, the same in every later offer
 * @param codecs from {@link ServerCodecs}, best first, with rtx; not empty
 * @param source what is sent; null for a free slot
 */
public record TrackOffer(String mid, MediaKind kind, List<Codec> codecs, @Nullable Source source) {
  public TrackOffer {
    codecs = List.copyOf(codecs);
  }

  /**
   * What is sent in a section.
   *
   * @param ssrc of the media, 32 bits
   * @param rtxSsrc of its retransmissions, -1 for none
   * @param cname the same for all sources of one peer (RFC 8834 section 4.8)
   * @param msid stream and track id that the receiver's browser will show
   */
  public record Source(long ssrc, long rtxSsrc, String cname, Msid msid) {}

  /** A free slot, offered inactive. */
  public static TrackOffer free(String mid, MediaKind kind) {
    return new TrackOffer(mid, kind, ServerCodecs.all(kind), null);
  }
}
