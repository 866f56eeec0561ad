package io.vaxel.media.sfu;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import org.junit.jupiter.api.Test;

final class LayerSelectorTest {
  private static ForwardedPacket packet(boolean startsKeyFrame) {
    ForwardedPacket packet = new ForwardedPacket();
    packet.set(RtpPackets.of(1, 1), startsKeyFrame);
    return packet;
  }

  @Test
  void videoBeginsWithAKeyFrameAndGoesOnWithAnything() {
    LayerSelector video = new LayerSelector(true);
    assertTrue(video.isWaitingForKeyFrame());
    assertFalse(video.admits(packet(false)));
    assertTrue(video.admits(packet(true)));
    assertFalse(video.isWaitingForKeyFrame());
    assertTrue(video.admits(packet(false)));
  }

  @Test
  void videoWaitsAgainAfterARestart() {
    LayerSelector video = new LayerSelector(true);
    video.admits(packet(true));
    video.restart();
    assertTrue(video.isWaitingForKeyFrame());
    assertFalse(video.admits(packet(false)));
  }

  @Test
  void audioNeedsNoBeginning() {
    LayerSelector audio = new LayerSelector(false);
    assertTrue(audio.admits(packet(false)));
    audio.restart();
    assertFalse(audio.isWaitingForKeyFrame());
    assertTrue(audio.admits(packet(false)));
  }

  @Test
  void aPacketThatWasReadIsReplacedWhole() {
    PacketBuffer second = RtpPackets.of(9, 70);
    ForwardedPacket packet = packet(true);
    packet.set(second, false);
    assertFalse(packet.startsKeyFrame());
    assertTrue(packet.ssrc() == 9 && packet.sequence() == 70 && packet.buffer() == second);
  }
}
