package io.vaxel.media.rtp;

/** The video codecs whose payload headers {@link KeyFrames} can read. */
public enum VideoCodec {
  /** RFC 7741. */
  VP8,
  /** RFC 9628. */
  VP9,
  /** RFC 6184. */
  H264,
  /** The AOM's RTP payload format for AV1, version 1.0. */
  AV1
}
