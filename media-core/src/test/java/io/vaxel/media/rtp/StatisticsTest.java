package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final long MS = 1_000_000;

  private final ReceiveStatistics receiver = new ReceiveStatistics(48_000);
  private final SenderStatistics sender = new SenderStatistics(5, 48_000);
  private final PacketBuffer packet = PacketBuffer.allocate();
  private final RtcpWriter writer = new RtcpWriter(packet, 1200);
  private final RtcpView view = new RtcpView();

  @Test
  void countsLossAcrossTheWrap() {
    for (int i = 0; i < 100; i++) {
      if (i % 4 != 3) {
        receiver.received((65500 + i) & 0xffff, 960 * i, 50, 20 * MS * i);
      }
    }
    readReport(2000 * MS);
    assertEquals(5, view.reportSsrc(0));
    assertEquals(65536 + 62, view.extendedHighestSequence(0), "the last one was lost");
    assertEquals(24, view.cumulativeLost(0));
    assertEquals(24 * 256 / 99, view.fractionLost(0));
    assertEquals(0, view.jitter(0));
    assertEquals(75, receiver.packets());
    assertEquals(75 * 50, receiver.octets());
  }

  @Test
  void theFractionIsThatOfTheInterval() {
    receiver.received(1, 0, 10, 0);
    receiver.received(3, 0, 10, 0);
    readReport(0);
    assertEquals(85, view.fractionLost(0));
    receiver.received(4, 0, 10, 0);
    readReport(0);
    assertEquals(0, view.fractionLost(0));
    assertEquals(1, view.cumulativeLost(0));
    receiver.received(2, 0, 10, 0);
    readReport(0);
    assertEquals(0, view.cumulativeLost(0), "late is not lost");
    receiver.received(2, 0, 10, 0);
    assertEquals(-1, receiver.lost(), "duplicates count as received");
  }

  @Test
  void jitterFollowsTheFormulaOfTheRfc() {
    receiver.received(1, 0, 10, 0);
    receiver.received(2, 960, 10, 30 * MS); // 10 ms late: 480 ticks
    assertEquals(30, receiver.jitter());
    receiver.received(3, 1920, 10, 50 * MS); // steady again
    assertEquals(28, receiver.jitter());
  }

  @Test
  void aLoneStrayNumberIsIgnoredAndTwoInARowAreAFreshStart() {
    receiver.received(100, 0, 10, 0);
    receiver.received(20_000, 0, 10, 0);
    receiver.received(101, 0, 10, 0);
    assertEquals(0, receiver.lost());
    assertEquals(101, receiver.highestSequence());
    receiver.received(30_000, 0, 10, 0);
    receiver.received(30_001, 0, 10, 0);
    assertEquals(30_001, receiver.highestSequence());
    assertEquals(0, receiver.lost());
    assertEquals(1, receiver.packets());
  }

  @Test
  void nothingReceivedNothingReported() {
    assertTrue(writer.receiverReport(1));
    assertFalse(receiver.report(writer, 5, 0));
    assertFalse(sender.report(writer, 0, 0));
  }

  @Test
  void aRoundTripIsMeasuredFromSenderReportToReportBlock() {
    long epoch = 1_795_441_424_000_000_000L;
    sender.sent(9600, 100, 1000 * MS);
    sender.sent(8640, 100, 1010 * MS);
    assertTrue(sender.report(writer, NtpTime.ofUnixNanos(epoch), 1020 * MS));
    assertTrue(view.wrap(packet) && view.next());
    assertEquals(9600 + 960, view.rtpTimestamp(), "carried on from the newest packet");
    assertEquals(2, view.packetCount());
    assertEquals(200, view.octetCount());

    receiver.received(1, 0, 10, 0);
    receiver.senderReport(view.ntpTimestamp(), 40 * MS);
    readReport(340 * MS);
    assertEquals(-1, sender.roundTripNanos());
    sender.reported(view, 0, NtpTime.ofUnixNanos(epoch + 380 * MS));
    assertTrue(Math.abs(sender.roundTripNanos() - 80 * MS) < 100_000);
    assertEquals(0, sender.fractionLost());
  }

  private void readReport(long nowNanos) {
    writer.begin(packet);
    assertTrue(writer.receiverReport(1));
    assertTrue(receiver.report(writer, 5, nowNanos));
    assertTrue(view.wrap(packet) && view.next());
  }
}
