package io.vaxel.media.rtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Whatever a publisher sends as video: no exception, nothing read past the payload. */
class KeyFramesFuzz {
  @FuzzTest
  void readsAnything(byte[] input) {
    ByteBuffer bytes = ByteBuffer.wrap(input);
    for (VideoCodec codec : VideoCodec.values()) {
      KeyFrames.startsKeyFrame(codec, bytes, 0, input.length);
    }
  }
}
