package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetransmissionTest {
  private static final long MS = 1_000_000;
  private static final String ORIGINAL = "90e0fffe 00000bb8 0000000a bede0001 10aa0000 010203";

  private final RetransmissionHistory history = new RetransmissionHistory(4, 1000 * MS);
  private final RtpView view = new RtpView();

  @Test
  void findsWhatItKeepsUntilItsPlaceIsTaken() {
    PacketBuffer first = PacketBuffer.allocate();
    PacketBuffer second = PacketBuffer.allocate();
    assertNull(history.put(65535, first, 0));
    assertNull(history.put(0, PacketBuffer.allocate(), 0));
    assertSame(first, history.find(65535, 0));
    assertNull(history.find(3, 0), "same place, another number");
    assertSame(first, history.put(3, second, 0));
    assertNull(history.find(65535, 0));
    assertSame(second, history.find(3, 0));
    assertEquals(2, history.size());
  }

  @Test
  void handsBackDuplicatesAndThoseTooLate() {
    PacketBuffer kept = PacketBuffer.allocate();
    PacketBuffer late = PacketBuffer.allocate();
    history.put(10, kept, 0);
    assertSame(late, history.put(10, late, 0));
    assertSame(late, history.put(6, late, 0));
    assertSame(kept, history.find(10, 0));
  }

  @Test
  void oldPacketsAreNotFoundAndGiveWay() {
    PacketBuffer old = PacketBuffer.allocate();
    history.put(10, old, 0);
    assertSame(old, history.find(10, 1000 * MS));
    assertNull(history.find(10, 1001 * MS));
    assertSame(old, history.put(6, PacketBuffer.allocate(), 1001 * MS));
    assertNotNull(history.find(6, 1001 * MS));
  }

  @Test
  void rtxRepeatsUnderItsOwnNumbersAndComesBackAsTheOriginal() {
    PacketBuffer original = Packets.ofHex(ORIGINAL);
    PacketBuffer rtx = PacketBuffer.allocate();
    RtxCodec codec = new RtxCodec(0x0b, 97, 65535);
    assertTrue(view.wrap(original));
    assertTrue(codec.wrap(view, 0x1234, rtx));
    assertEquals("90e1ffff00000bb80000000bbede000110aa00001234010203", Packets.hex(rtx));
    assertTrue(codec.wrap(view, 0x1235, rtx));
    assertTrue(view.wrap(rtx));
    assertEquals(0, view.sequenceNumber(), "wraps");

    assertEquals(0x1235, RtxCodec.unwrap(rtx, view, 0x0a, 96));
    assertEquals(0x1235, view.sequenceNumber());
    view.sequenceNumber(0xfffe);
    assertEquals(Packets.hex(original), Packets.hex(rtx));
    assertEquals(3, view.payloadLength());
  }

  @Test
  void rtxKeepsPadding() {
    PacketBuffer rtx = Packets.ofHex("a0610001 00000000 0000000b 0007 01 000003");
    assertTrue(view.wrap(rtx));
    assertEquals(7, RtxCodec.unwrap(rtx, view, 0x0a, 96));
    assertEquals("a06000070000000000" + "00000a" + "01000003", Packets.hex(rtx));
    assertEquals(3, view.paddingLength());
  }

  @Test
  void rtxWithoutMediaIsLeftAlone() {
    for (String payload : List.of("", "00", "0007")) {
      PacketBuffer rtx = Packets.ofHex("80610001 00000000 0000000b" + payload);
      assertTrue(view.wrap(rtx));
      assertEquals(RtxCodec.NOTHING, RtxCodec.unwrap(rtx, view, 0x0a, 96));
      assertEquals(97, view.payloadType());
    }
    assertTrue(view.wrap(Packets.ofHex("a0610001 00000000 0000000b 000003")));
    assertEquals(RtxCodec.NOTHING, RtxCodec.unwrap(PacketBuffer.allocate(), view, 0x0a, 96));
  }

  @Test
  void aPacketThatFillsItsBufferCannotBeRepeated() {
    byte[] full = new byte[PacketBuffer.CAPACITY - 1];
    full[0] = (byte) 0x80;
    assertTrue(view.wrap(Packets.of(full)));
    PacketBuffer target = PacketBuffer.allocate();
    assertFalse(new RtxCodec(1, 97, 0).wrap(view, 0, target));
    assertEquals(0, target.length());
  }

  @Test
  void refusesCapacitiesThatAreNoPowerOfTwo() {
    assertThrows(IllegalArgumentException.class, () -> new RetransmissionHistory(12, 1));
  }
}
