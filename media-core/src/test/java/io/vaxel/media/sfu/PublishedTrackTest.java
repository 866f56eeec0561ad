package io.vaxel.media.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.transport.MediaLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a track keeps for retransmission, and what it does with the buffers it is given. */
final class PublishedTrackTest {
  private static final int SSRC = 77;
  private static final long SECOND = 1_000_000_000L;

  private final MediaLoop loop = new MediaLoop("test", 1024, false);
  private final PublishedTrack video = new PublishedTrack("t1", TrackSource.CAMERA, loop, 90_000);

  @AfterEach
  void everyBufferComesBack() {
    video.close();
    assertEquals(0, loop.pool().inUse());
    loop.close();
  }

  private PacketBuffer packet(int ssrc, int sequence) {
    PacketBuffer packet = loop.pool().take();
    if (packet == null) {
      throw new AssertionError("the pool is empty");
    }
    RtpPackets.write(packet, ssrc, sequence);
    return packet;
  }

  /** Receives as a port does: the answer takes the place of the packet, here at once given back. */
  private PacketBuffer receive(PacketBuffer packet, int ssrc, int sequence, long now) {
    PacketBuffer reusable = video.received(packet, ssrc, sequence, false, now);
    loop.pool().release(reusable);
    return reusable;
  }

  @Test
  void aVideoPacketIsKeptUnderItsNumber() {
    PacketBuffer packet = packet(SSRC, 5);
    assertNotSame(packet, receive(packet, SSRC, 5, SECOND));
    assertSame(packet, video.find(SSRC, 5, SECOND));
    assertNull(video.find(SSRC, 6, SECOND));
    assertNull(video.find(SSRC + 1, 5, SECOND));
  }

  @Test
  void aDuplicateIsGivenBack() {
    PacketBuffer first = packet(SSRC, 5);
    receive(first, SSRC, 5, SECOND);
    PacketBuffer second = packet(SSRC, 5);
    assertSame(second, receive(second, SSRC, 5, SECOND));
    assertSame(first, video.find(SSRC, 5, SECOND));
  }

  @Test
  void packetsAreForgottenInTimeAndInNumber() {
    for (int sequence = 0; sequence < 2000; sequence++) {
      receive(packet(SSRC, sequence), SSRC, sequence, SECOND);
    }
    assertNull(video.find(SSRC, 1000, SECOND));
    assertEquals(512, loop.pool().inUse());
    assertNull(video.find(SSRC, 1999, 4 * SECOND));
  }

  @Test
  void anotherSourceEmptiesTheHistory() {
    receive(packet(SSRC, 5), SSRC, 5, SECOND);
    receive(packet(SSRC + 1, 900), SSRC + 1, 900, SECOND);
    assertNull(video.find(SSRC, 5, SECOND));
    assertEquals(1, loop.pool().inUse());
  }

  @Test
  void nothingIsKeptWhileMutedOrAfterTheEnd() {
    video.setMuted(true);
    PacketBuffer muted = packet(SSRC, 5);
    assertSame(muted, receive(muted, SSRC, 5, SECOND));
    assertNull(video.find(SSRC, 5, SECOND));
    video.setMuted(false);
    video.close();
    PacketBuffer late = packet(SSRC, 6);
    assertSame(late, receive(late, SSRC, 6, SECOND));
  }

  @Test
  void muteAndPauseAreApart() {
    video.setMuted(true);
    video.setPaused(true);
    video.setMuted(false);
    assertTrue(video.isSilent());
    PacketBuffer paused = packet(SSRC, 5);
    assertSame(paused, receive(paused, SSRC, 5, SECOND));
    assertNull(video.find(SSRC, 5, SECOND));
    video.setMuted(true);
    video.setPaused(false);
    assertTrue(video.isSilent());
    video.setMuted(false);
    PacketBuffer flowing = packet(SSRC, 6);
    receive(flowing, SSRC, 6, SECOND);
    assertSame(flowing, video.find(SSRC, 6, SECOND));
  }

  @Test
  void soundIsForwardedAndNotKept() {
    PublishedTrack sound = new PublishedTrack("t2", TrackSource.MICROPHONE, loop, 48_000);
    PacketBuffer packet = packet(SSRC, 5);
    assertSame(packet, sound.received(packet, SSRC, 5, false, SECOND));
    loop.pool().release(packet);
    assertNull(sound.find(SSRC, 5, SECOND));
    sound.close();
  }

  @Test
  void withoutMemoryPacketsAreForwardedAndNotKept() {
    PacketBuffer packet = packet(SSRC, 5);
    List<PacketBuffer> all = new ArrayList<>();
    for (PacketBuffer each = loop.pool().take(); each != null; each = loop.pool().take()) {
      all.add(each);
    }
    assertSame(packet, video.received(packet, SSRC, 5, false, SECOND));
    all.forEach(loop.pool()::release);
    loop.pool().release(packet);
    assertNull(video.find(SSRC, 5, SECOND));
  }
}
