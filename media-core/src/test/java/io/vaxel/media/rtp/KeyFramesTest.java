package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaxel.media.packet.PacketBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFramesTest {
  @ParameterizedTest
  @CsvSource({
    "VP8, 10 00, true", // start of partition 0
    "VP8, 10 01, false", // inter frame
    "VP8, 00 00, false", // not the start
    "VP8, 11 00, false", // partition 1
    "VP8, 90 e0 81 23 05 20 00, true", // 15-bit picture id, TL0PICIDX, TID
    "VP8, 90 e0 81 23 05 20 01, false",
    "VP8, 90 80 23 00, true", // 7-bit picture id
    "VP8, 90 80 83, false", // cut short
    "VP8, 90, false",
    "VP9, 8c 81 23 00, true", // flexible mode off, begin, no prediction
    "VP9, 08, true",
    "VP9, 48, false", // predicted
    "VP9, 00, false", // not the begin
    "VP9, a8 81 23 00, true", // layer indices, spatial layer 0
    "VP9, a8 81 23 02, false", // spatial layer 1
    "VP9, a8 23 10, true", // 7-bit picture id, temporal layer 0 switching up
    "VP9, a8 81, false", // cut short
    "H264, 67 42, true", // SPS
    "H264, 65 88, true", // IDR
    "H264, 68 ce, false", // PPS alone
    "H264, 41 9a, false", // slice
    "H264, 78 0002 0910 0003 674200 0002 68ce, true", // STAP-A of AUD, SPS, PPS
    "H264, 78 0002 0910 0002 419a, false",
    "H264, 78 ffff, false", // broken STAP-A
    "H264, 7c 85, true", // FU-A, start of IDR
    "H264, 7c 05, false", // its middle
    "H264, 7c 81, false", // start of a slice
    "H264, 7c, false",
    "AV1, 08, true", // N: new coded video sequence
    "AV1, 88, false", // goes on from the packet before
    "AV1, 10 0a 0b, true", // one element, sequence header
    "AV1, 20 03 0a0b0c 32, true", // two elements, length before the first
    "AV1, 20 8100 0a, true", // length in two bytes
    "AV1, 10 32 00, false", // frame
    "AV1, 20 ff, false" // cut short
  })
  void recognisesTheStart(VideoCodec codec, String payload, boolean starts) {
    PacketBuffer bytes = Packets.ofHex("ff" + payload + "0000000000");
    int length = bytes.length() - 6;
    assertEquals(starts, KeyFrames.startsKeyFrame(codec, bytes.bytes(), 1, length));
    RtpView view = new RtpView();
    view.wrap(Packets.ofHex("80600001 00000000 00000001" + payload));
    assertEquals(starts, KeyFrames.startsKeyFrame(codec, view));
  }

  @ParameterizedTest
  @CsvSource({"VP8", "VP9", "H264", "AV1"})
  void nothingStartsNothing(VideoCodec codec) {
    assertEquals(false, KeyFrames.startsKeyFrame(codec, PacketBuffer.allocate().bytes(), 0, 0));
  }
}
