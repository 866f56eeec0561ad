package io.vaxel.media.sfu;

import java.util.Map;

/**
 * The answer to a publisher's offer.
 *
 * @param sdp the answer
 * @param tracksByMid the tracks that are published now, by {@code a=mid}
 */
public record PublishAnswer(String sdp, Map<String, PublishedTrack> tracksByMid) {
  public PublishAnswer {
    tracksByMid = Map.copyOf(tracksByMid);
  }
}
