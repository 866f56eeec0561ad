package io.vaxel.signaling.call;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.Publish;
import io.vaxel.signaling.proto.PublishedTrack;
import io.vaxel.signaling.proto.TrackKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checks the track list of a Publish request. */
final class PublishedTracks {
  /**
   * RFC 8843 and RFC 9143 let a mid be any token; a header extension has room for 16 bytes of it.
   */
  private static final int MAX_MID_LENGTH = 16;

  private PublishedTracks() {}

  /** The tracks by mid, in the order of the request. */
  static Map<String, PublishedTrack> check(Publish request, int limit)
      throws RequestRefusedException {
    if (request.getTracksCount() > limit) {
      throw new RequestRefusedException(SignalingError.TOO_MANY_TRACKS);
    }
    Map<String, PublishedTrack> byMid = new LinkedHashMap<>();
    for (PublishedTrack track : request.getTracksList()) {
      if (!isMid(track.getMid())
          || !isKind(track.getKind())
          || byMid.put(track.getMid(), track) != null) {
        throw new RequestRefusedException(SignalingError.INVALID_TRACK);
      }
    }
    return byMid;
  }

  private static boolean isMid(String mid) {
    return !mid.isEmpty()
        && mid.length() <= MAX_MID_LENGTH
        && mid.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  private static boolean isKind(TrackKind kind) {
    return switch (kind) {
      case TRACK_KIND_AUDIO, TRACK_KIND_VIDEO, TRACK_KIND_SCREEN_SHARE -> true;
      case TRACK_KIND_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }
}
