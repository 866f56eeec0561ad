package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaxel.media.packet.PacketBuffer;

/** Whatever arrives on an RTX stream: unwrapped and wrapped again it is the same packet. */
class RtxCodecFuzz {
  @FuzzTest
  void unwrapsAnything(byte[] input) {
    if (input.length > PacketBuffer.CAPACITY) {
      return;
    }
    PacketBuffer packet = Packets.of(input);
    RtpView view = new RtpView();
    if (!view.wrap(packet)) {
      return;
    }
    int payloadType = view.payloadType();
    int sequence = view.sequenceNumber();
    int ssrc = view.ssrc();
    int original = RtxCodec.unwrap(packet, view, 7, 96);
    if (original == RtxCodec.NOTHING) {
      assertArrayEquals(input, packet.toByteArray());
      return;
    }
    assertEquals(input.length - 2, view.length());
    assertEquals(original, view.sequenceNumber());
    PacketBuffer again = PacketBuffer.allocate();
    assertTrue(new RtxCodec(ssrc, payloadType, sequence).wrap(view, original, again));
    assertArrayEquals(input, again.toByteArray());
  }
}
