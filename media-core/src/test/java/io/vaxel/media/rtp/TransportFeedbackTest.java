package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportFeedbackTest {
  private static final long MS = 1_000_000;

  private final TransportFeedback feedback = new TransportFeedback(1, 64);
  private final PacketBuffer packet = PacketBuffer.allocate();
  private final RtcpWriter writer = new RtcpWriter(packet, 1200);
  private final RtcpView rtcp = new RtcpView();
  private final TransportFeedbackView view = new TransportFeedbackView();

  @Test
  void nothingToSayBeforeTheFirstPacket() {
    assertFalse(feedback.pending());
    assertFalse(feedback.poll(writer, 2));
  }

  @Test
  void writesTheFormatOfTheDraft() {
    feedback.received(100, 64 * MS + 250_000);
    feedback.received(101, 64 * MS + 500_000);
    feedback.received(104, 164 * MS);
    assertTrue(feedback.poll(writer, 2));
    // Two-bit vector small, small, lost, lost, large; one padding byte-pair after the deltas.
    assertEquals(
        "8fcd0006"
            + "00000001"
            + "00000002"
            + "00640005"
            + "00000100"
            + "d420"
            + "0101"
            + "018e"
            + "0000",
        Packets.hex(packet));
    assertFalse(feedback.pending());
  }

  @Test
  void longRunsTakeOneChunk() {
    for (int i = 0; i < 50; i++) {
      feedback.received(i, i * MS);
    }
    assertTrue(feedback.poll(writer, 2));
    assertEquals("2032", Packets.hex(packet).substring(40, 44));
    assertEquals(20 + 2 + 50, packet.length());
  }

  @Test
  void aLatePacketIsReportedAfterAll() {
    feedback.received(1, 0);
    feedback.received(3, 0);
    assertTrue(feedback.poll(writer, 2));
    feedback.received(2, MS);
    assertTrue(feedback.pending());
    writer.begin(packet);
    assertTrue(feedback.poll(writer, 2));
    assertTrue(rtcp.wrap(packet));
    assertTrue(rtcp.next());
    assertTrue(view.wrap(rtcp));
    assertEquals(1, view.feedbackCount());
    assertTrue(view.next());
    assertEquals(2, view.sequence());
    assertTrue(view.received());
    assertTrue(view.next());
    assertEquals(3, view.sequence());
    assertFalse(view.next());
    view.rewind();
    assertTrue(view.next());
    assertEquals(2, view.sequence());
  }

  @Test
  void whatCameBeforeTheFirstArrivalIsReportedAcrossTheWrap() {
    feedback.received(0, MS);
    feedback.received(65_535, 2 * MS);
    assertEquals(0, feedback.dropped());
    assertTrue(feedback.poll(writer, 2));
    assertTrue(rtcp.wrap(packet));
    assertTrue(rtcp.next());
    assertTrue(view.wrap(rtcp));
    assertTrue(view.next());
    assertEquals(65_535, view.sequence());
    assertTrue(view.received());
    assertTrue(view.next());
    assertEquals(0, view.sequence());
    assertTrue(view.received());
    assertFalse(feedback.pending());
  }

  @Test
  void moreThanTheRingHoldsIsForgottenAndCounted() {
    feedback.received(0, 0);
    feedback.received(70, 0);
    assertEquals(1, feedback.dropped());
    feedback.received(0, 0);
    assertEquals(2, feedback.dropped());
    for (int i = 71; i < 170; i++) {
      feedback.received(i, 0);
    }
    assertEquals(2 + 100 - 64, feedback.dropped());
    assertTrue(feedback.poll(writer, 2));
    assertTrue(rtcp.wrap(packet) && rtcp.next() && view.wrap(rtcp));
    assertEquals(64, view.statusCount());
  }

  @Test
  void aDuplicateKeepsTheFirstArrival() {
    feedback.received(5, 64 * MS);
    feedback.received(5, 80 * MS);
    assertTrue(feedback.poll(writer, 2));
    assertTrue(rtcp.wrap(packet) && rtcp.next() && view.wrap(rtcp) && view.next());
    assertEquals(64 * MS, view.arrivalNanos());
  }

  @Test
  void refusesAWriterWithoutRoom() {
    RtcpWriter small = new RtcpWriter(packet, 64);
    assertTrue(small.fullIntraRequest(1, 2, 3));
    assertTrue(small.fullIntraRequest(1, 2, 3));
    feedback.received(5, 0);
    assertTrue(small.fullIntraRequest(1, 2, 3));
    assertFalse(feedback.poll(small, 2));
    assertTrue(feedback.pending());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8fcd0004 00000001 00000002 00640001 00000000", // no chunk
        "8fcd0005 00000001 00000002 00640003 00000000 2003 0000", // one delta short
        "8fcd0005 00000001 00000002 00640001 00000000 6001 0000", // reserved status in a run
        "8fcd0005 00000001 00000002 00640007 00000000 f000 0000", // reserved status in a vector
        "8fcd0005 00000001 00000002 ffff0fff 00000000 0000 0000" // runs of nothing
      })
  void refusesMessagesThatReachPastTheirEnd(String hex) {
    assertTrue(rtcp.wrap(Packets.ofHex(hex)));
    assertTrue(rtcp.next());
    assertFalse(view.wrap(rtcp));
    assertFalse(view.next());
  }
}
