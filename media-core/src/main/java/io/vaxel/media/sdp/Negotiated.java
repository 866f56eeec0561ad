package io.vaxel.media.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of offer and answer.
 *
 * @param description the answer, ours or the peer's
 * @param media one for each section, in order
 * @param remote the peer's end; null only when every section is rejected
 */
public record Negotiated(
    SessionDescription description, List<NegotiatedMedia> media, @Nullable RemoteTransport remote) {
  public Negotiated {
    media = List.copyOf(media);
  }

  /** The section of that mid, or null when there is none. */
  public @Nullable NegotiatedMedia media(String mid) {
    for (NegotiatedMedia section : media) {
      if (section.mid().equals(mid)) {
        return section;
      }
    }
    return null;
  }
}
