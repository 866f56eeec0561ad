package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ActiveSpeakerDetectorTest {
  private static final long PACKET = 20_000_000;
  private static final int QUIET = 75;

  private final ActiveSpeakerDetector detector = new ActiveSpeakerDetector(4);
  private final int[] speakers = new int[4];
  private long now = -1_000_000_000L; // a monotonic clock may start anywhere

  @Test
  void readsTheLevelOfAPacket() {
    PacketBuffer packet = Packets.ofHex("9060000100000000 00000001 bede0001 10a80000");
    RtpView view = new RtpView();
    assertTrue(view.wrap(packet));
    int value = AudioLevels.read(view, 1);
    assertEquals(40, AudioLevels.level(value));
    assertTrue(AudioLevels.voice(value));
    assertFalse(AudioLevels.voice(0x7f));
    assertEquals(AudioLevels.SILENCE, AudioLevels.level(0x7f));
    assertEquals(AudioLevels.ABSENT, AudioLevels.read(view, 2));
  }

  @Test
  void nobodySpeaksInAQuietRoom() {
    assertArrayEquals(new int[] {}, speak(3000, QUIET, QUIET, 127));
  }

  @Test
  void whoSpeaksIsFoundWithinASecondAndForgottenWithinThree() {
    assertArrayEquals(new int[] {1}, speak(800, QUIET, 30, QUIET));
    assertArrayEquals(new int[] {1}, speak(300, QUIET, QUIET, QUIET), "a pause between words");
    assertArrayEquals(new int[] {}, speak(2500, QUIET, QUIET, QUIET));
  }

  @Test
  void aClickIsNoSpeech() {
    speak(1000, QUIET);
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(new int[] {}, speak(40, 5));
      assertArrayEquals(new int[] {}, speak(1000, QUIET));
    }
  }

  @Test
  void theLoudestComesFirst() {
    assertArrayEquals(new int[] {2, 0}, speak(2000, 40, QUIET, 20));
  }

  @Test
  void nearlyEqualVoicesDoNotChangePlaces() {
    int[] order = speak(2000, 30, 33);
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(order, speak(500, i % 2 == 0 ? 33 : 30, i % 2 == 0 ? 30 : 33));
    }
    assertArrayEquals(new int[] {1, 0}, speak(3000, 55, 20), "but a clear difference counts");
  }

  @Test
  void whoSendsNothingFallsSilentToo() {
    speak(1000, 30);
    now += 3_000_000_000L;
    assertEquals(0, detector.update(now, speakers));
  }

  @Test
  void packetsInBurstsCountLikeEvenOnes() {
    for (int burst = 0; burst < 20; burst++) {
      now += 3 * PACKET;
      for (int i = 0; i < 3; i++) {
        detector.level(0, 30, PACKET, now);
      }
    }
    assertEquals(1, detector.update(now, speakers));
  }

  @Test
  void whoLeavesIsForgottenAtOnce() {
    speak(2000, 40, 30, 20);
    detector.clear(1);
    assertArrayEquals(new int[] {2, 0}, update());
  }

  @Test
  void moreSpeakersThanTheCallerHasRoomFor() {
    speak(2000, 40, 30, 20);
    assertEquals(3, detector.update(now, new int[1]));
  }

  /** Everybody sends packets of their level for so many milliseconds; who speaks then. */
  private int[] speak(int millis, int... levels) {
    for (int i = 0; i < millis / 20; i++) {
      now += PACKET;
      for (int slot = 0; slot < levels.length; slot++) {
        detector.level(slot, levels[slot], PACKET, now);
      }
      if (i % 10 == 0) {
        update();
      }
    }
    return update();
  }

  private int[] update() {
    return Arrays.copyOf(speakers, detector.update(now, speakers));
  }
}
