package io.vaxel.media.sfu;

import java.util.Map;

/**
 * An offer to a subscriber.
 *
 * @param sdp the offer
 * @param tracksByMid the track that each sending media section carries, by {@code a=mid}
 */
public record SubscribeOffer(String sdp, Map<String, PublishedTrack> tracksByMid) {
  public SubscribeOffer {
    tracksByMid = Map.copyOf(tracksByMid);
  }
}
