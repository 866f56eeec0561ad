package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpTest {
  private final PacketBuffer packet = PacketBuffer.allocate();
  private final RtcpWriter writer = new RtcpWriter(packet, 1200);
  private final RtcpView view = new RtcpView();

  @Test
  void aCompoundPacketComesBackAsItWasWritten() {
    byte[] name = "växel".getBytes(StandardCharsets.UTF_8);
    assertTrue(writer.senderReport(1, 0x0102030405060708L, 99, 5_000_000_001L, 77));
    assertTrue(writer.reportBlock(2, 255, -3, 0x1ffff, 40, 0x11223344, 65536));
    assertTrue(writer.reportBlock(3, 0, 9_000_000, 5, 6, 7, 8));
    assertTrue(writer.receiverReport(4));
    assertTrue(writer.sourceDescription(1, name));
    assertTrue(writer.pictureLoss(1, 2));
    assertTrue(writer.fullIntraRequest(1, 3, 255));
    assertTrue(writer.bye(1));
    assertEquals(packet.length(), writer.length());

    assertTrue(view.wrap(packet));
    assertTrue(view.next());
    assertEquals(RtcpView.SENDER_REPORT, view.type());
    assertEquals(1, view.senderSsrc());
    assertEquals(0x0102030405060708L, view.ntpTimestamp());
    assertEquals(99, view.rtpTimestamp());
    assertEquals((int) 5_000_000_001L, view.packetCount());
    assertEquals(77, view.octetCount());
    assertEquals(2, view.reportCount());
    assertEquals(2, view.reportSsrc(0));
    assertEquals(255, view.fractionLost(0));
    assertEquals(-3, view.cumulativeLost(0));
    assertEquals(0x1ffff, view.extendedHighestSequence(0));
    assertEquals(40, view.jitter(0));
    assertEquals(0x11223344, view.lastSenderReport(0));
    assertEquals(65536, view.delaySinceLastSenderReport(0));
    assertEquals(3, view.reportSsrc(1));
    assertEquals(0x7fffff, view.cumulativeLost(1), "24 bits saturate");
    assertThrows(IndexOutOfBoundsException.class, () -> view.reportSsrc(2));

    assertTrue(view.next());
    assertEquals(RtcpView.RECEIVER_REPORT, view.type());
    assertEquals(0, view.reportCount());

    assertTrue(view.next());
    assertEquals(RtcpView.SOURCE_DESCRIPTION, view.type());
    assertEquals("växel", view.cname(1));
    assertNull(view.cname(2));

    assertTrue(view.next());
    assertTrue(view.isPli());
    assertEquals(2, view.mediaSsrc());

    assertTrue(view.next());
    assertTrue(view.isFir());
    assertEquals(1, view.firCount());
    assertEquals(3, view.firSsrc(0));
    assertEquals(255, view.firSequence(0));

    assertTrue(view.next());
    assertEquals(RtcpView.BYE, view.type());
    assertEquals(1, view.byeSsrc(0));
    assertFalse(view.next());
  }

  @Test
  void lostNumbersThatAreNearShareAPair() {
    assertTrue(writer.nack(1, 2, new int[] {65530, 65531, 10, 11, 28, 0}, 5));
    assertEquals(
        "81cd0005" + "00000001" + "00000002" + "fffa8001" + "000b0000" + "001c0000",
        Packets.hex(packet));
    assertEquals(List.of(65530, 65531, 10, 11, 28), lost());
  }

  @Test
  void lostNumbersOutOfOrderOrRepeatedAreStillWritten() {
    assertTrue(writer.nack(1, 2, new int[] {5, 5, 3, 4}, 4));
    assertEquals(List.of(5, 3, 4), lost());
    assertFalse(writer.nack(1, 2, new int[0], 0));
  }

  private List<Integer> lost() {
    assertTrue(view.wrap(packet));
    assertTrue(view.next());
    assertTrue(view.isNack());
    List<Integer> lost = new ArrayList<>();
    for (int i = 0; i < view.nackCount(); i++) {
      lost.add(view.nackPacketId(i));
      for (int bit = 0; bit < 16; bit++) {
        if (((view.nackMask(i) >> bit) & 1) != 0) {
          lost.add((view.nackPacketId(i) + bit + 1) & 0xffff);
        }
      }
    }
    return lost;
  }

  @Test
  void aFullWriterRefusesAndKeepsWhatItHas() {
    RtcpWriter small = new RtcpWriter(packet, 64);
    assertTrue(small.receiverReport(1));
    assertTrue(small.reportBlock(2, 0, 0, 0, 0, 0, 0));
    assertTrue(small.reportBlock(3, 0, 0, 0, 0, 0, 0));
    assertFalse(small.reportBlock(4, 0, 0, 0, 0, 0, 0));
    assertFalse(small.pictureLoss(1, 2));
    assertEquals(56, packet.length());
    assertTrue(view.wrap(packet));
    small.begin(packet);
    assertEquals(0, packet.length());
    assertFalse(small.reportBlock(2, 0, 0, 0, 0, 0, 0), "no report to add to");
    assertTrue(small.pictureLoss(1, 2));
  }

  @Test
  void aReportHasAtMost31Blocks() {
    writer.receiverReport(1);
    for (int i = 0; i < 31; i++) {
      assertTrue(writer.reportBlock(i, 0, 0, 0, 0, 0, 0));
    }
    assertFalse(writer.reportBlock(31, 0, 0, 0, 0, 0, 0));
    assertTrue(view.wrap(packet));
  }

  @Test
  void everyLengthOfNameIsPaddedAndEnded() {
    for (int length = 0; length <= 9; length++) {
      writer.begin(packet);
      assertTrue(
          writer.sourceDescription(
              7, "abcdefghi".substring(0, length).getBytes(StandardCharsets.US_ASCII)));
      assertEquals(0, packet.length() % 4);
      assertTrue(view.wrap(packet));
      assertTrue(view.next());
      assertEquals("abcdefghi".substring(0, length), view.cname(7));
    }
  }

  @Test
  void readsTheSecondChunkOfASourceDescription() {
    assertTrue(view.wrap(Packets.ofHex("82ca0005 00000001 02016100 00000002 02016101 02686900")));
    assertTrue(view.next());
    assertNull(view.cname(1), "has a NAME only");
    assertEquals("hi", view.cname(2));
  }

  @Test
  void readsRemb() {
    assertTrue(view.wrap(Packets.ofHex("8fce0005 00000001 00000000 52454d42 010bb5b0 00000002")));
    assertTrue(view.next());
    assertTrue(view.isRemb());
    assertEquals(0x3b5b0L << 2, view.rembBitrate());
    assertEquals(1, view.rembSsrcCount());
    assertEquals(2, view.rembSsrc(0));
    assertTrue(view.wrap(Packets.ofHex("8fce0004 00000001 00000000 52454d42 00ffffff")));
    assertTrue(view.next());
    assertEquals(Long.MAX_VALUE, view.rembBitrate());
  }

  @Test
  void skipsTypesThatItDoesNotKnow() {
    assertTrue(view.wrap(Packets.ofHex("80cf0001 00000001" + "80ff0000" + "80cb0000")));
    assertTrue(view.next());
    assertEquals(207, view.type());
    assertTrue(view.next());
    assertEquals(0, view.senderSsrc());
    assertTrue(view.next());
    assertEquals(RtcpView.BYE, view.type());
    assertThrows(IndexOutOfBoundsException.class, () -> view.byeSsrc(0));
    assertFalse(view.next());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "80c900", // short
        "00c90001 00000001", // version 0
        "80c90002 00000001", // longer than the packet
        "80c90001 00000001 80", // a rest
        "81c90001 00000001", // a block that is not there
        "80c80001 00000001", // sender report without sender information
        "81ca0001 00000001", // chunk without an end
        "81ca0002 00000001 01056100", // item past the end
        "82cb0001 00000001", // two sources announced, one there
        "81cd0002 00000001 00000002", // NACK of nothing
        "84ce0002 00000001 00000002", // FIR of nothing
        "84ce0003 00000001 00000002 00000003", // half a FIR
        "8fce0004 00000001 00000000 52454d42 01000001", // REMB without its source
        "a0c90001 00000004 80c90001 00000001", // padding before the last
        "a0c90001 00000000", // padding of zero
        "a0c90001 00000008", // padding over the header
        "a0c90002 00000001 00000003" // padding of three
      })
  void refusesThePacketIfAnyPartIsBroken(String hex) {
    assertFalse(view.wrap(Packets.ofHex(hex)));
    assertFalse(view.next());
    if (!hex.isEmpty()) {
      assertFalse(view.wrap(Packets.ofHex("80c90001 00000009" + hex)), "nor behind a good one");
      assertFalse(view.next());
    }
  }

  @Test
  void paddingOfTheLastIsNotContent() {
    assertTrue(view.wrap(Packets.ofHex("a0c90002 00000001 00000004")));
    assertTrue(view.next());
    assertEquals(8, view.length());
  }
}
