package io.vaxel.media.sdp;

import org.jspecify.annotations.Nullable;

/**
 * An RTP header extension (RFC 8285 section 5).
 *
 * @param id 1 to 255; above 14 only in the two-byte form
 * @param direction null when it follows the section's
 */
public record HeaderExtension(int id, String uri, @Nullable Direction direction) {
  public static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
  public static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
  public static final String TRANSPORT_WIDE_CC =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
  public static final String VIDEO_ORIENTATION = "urn:3gpp:video-orientation";
  public static final String PLAYOUT_DELAY =
      "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";
  public static final String VIDEO_CONTENT_TYPE =
      "http://www.webrtc.org/experiments/rtp-hdrext/video-content-type";
  public static final String ABS_CAPTURE_TIME =
      "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time";
}
