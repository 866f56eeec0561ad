package io.vaxel.media.rtp;

import java.nio.ByteBuffer;

/** Recognises the first packet of a key frame, where a subscriber can begin to decode. */
public final class KeyFrames {
  private static final int H264_IDR = 5;
  private static final int H264_SPS = 7;
  private static final int H264_STAP_A = 24;
  private static final int H264_FU_A = 28;
  private static final int AV1_SEQUENCE_HEADER = 1;

  private KeyFrames() {}

  /**
   * True if the payload of {@code packet} begins a key frame. In H.264 both a sequence parameter
   * set and the start of an IDR picture count: some senders give parameter sets in SDP only.
   */
  public static boolean startsKeyFrame(VideoCodec codec, RtpView packet) {
    return startsKeyFrame(codec, packet.bytes(), packet.payloadOffset(), packet.payloadLength());
  }

  /** The same for {@code length} bytes of payload from {@code offset}; false if they are broken. */
  public static boolean startsKeyFrame(VideoCodec codec, ByteBuffer bytes, int offset, int length) {
    int end = offset + length;
    return switch (codec) {
      case VP8 -> vp8(bytes, offset, end);
      case VP9 -> vp9(bytes, offset, end);
      case H264 -> h264(bytes, offset, end);
      case AV1 -> av1(bytes, offset, end);
    };
  }

  /** RFC 7741 sections 4.2 and 4.3: start of partition 0, inverse key frame flag clear. */
  private static boolean vp8(ByteBuffer bytes, int offset, int end) {
    if (offset >= end || (bytes.get(offset) & 0x17) != 0x10) {
      return false;
    }
    int at = offset + 1;
    if ((bytes.get(offset) & 0x80) != 0) {
      if (at >= end) {
        return false;
      }
      int fields = bytes.get(at);
      at++;
      if ((fields & 0x80) != 0) {
        at += at < end && bytes.get(at) < 0 ? 2 : 1;
      }
      at += (fields & 0x40) != 0 ? 1 : 0;
      at += (fields & 0x30) != 0 ? 1 : 0;
    }
    return at < end && (bytes.get(at) & 0x01) == 0;
  }

  /** RFC 9628 section 4.2: no inter-picture prediction, begin of frame, lowest spatial layer. */
  private static boolean vp9(ByteBuffer bytes, int offset, int end) {
    if (offset >= end) {
      return false;
    }
    int first = bytes.get(offset);
    if ((first & 0x48) != 0x08) {
      return false;
    }
    if ((first & 0x20) == 0) {
      return true;
    }
    int at = offset + 1;
    if ((first & 0x80) != 0) {
      at += at < end && bytes.get(at) < 0 ? 2 : 1;
    }
    return at < end && (bytes.get(at) & 0x0e) == 0;
  }

  /** RFC 6184 sections 5.6 to 5.8. */
  private static boolean h264(ByteBuffer bytes, int offset, int end) {
    if (offset >= end) {
      return false;
    }
    int type = bytes.get(offset) & 0x1f;
    if (type == H264_FU_A) {
      boolean start = offset + 1 < end && bytes.get(offset + 1) < 0;
      return start && h264Starts(bytes.get(offset + 1));
    }
    if (type != H264_STAP_A) {
      return h264Starts(type);
    }
    int at = offset + 1;
    while (at + 2 < end) {
      if (h264Starts(bytes.get(at + 2))) {
        return true;
      }
      at += 2 + Short.toUnsignedInt(bytes.getShort(at));
    }
    return false;
  }

  private static boolean h264Starts(int header) {
    int type = header & 0x1f;
    return type == H264_SPS || type == H264_IDR;
  }

  /** AV1 RTP payload format sections 4.4 and 4.5: a new coded video sequence begins. */
  private static boolean av1(ByteBuffer bytes, int offset, int end) {
    if (offset >= end || bytes.get(offset) < 0) {
      return false; // Z: goes on with an OBU of the packet before
    }
    if ((bytes.get(offset) & 0x08) != 0) {
      return true;
    }
    int at = offset + 1;
    if ((bytes.get(offset) & 0x30) != 0x10) { // one element alone has no length before it
      while (at < end && bytes.get(at) < 0) {
        at++;
      }
      at++;
    }
    return at < end && ((bytes.get(at) >> 3) & 0x0f) == AV1_SEQUENCE_HEADER;
  }
}
