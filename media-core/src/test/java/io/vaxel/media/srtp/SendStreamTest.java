package io.vaxel.media.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SendStreamTest {
  @Test
  void theRolloverCounterFollowsTheWrapBothWays() {
    SendStream stream = new SendStream();
    stream.sent(stream.indexOf(0xFFFF));

    assertEquals(0x10000, stream.indexOf(0));
    stream.sent(0x10000);
    assertEquals(0xFFFF, stream.indexOf(0xFFFF));
    stream.sent(0xFFFF);
    assertEquals(0x10001, stream.indexOf(1));
  }

  @Test
  void halfTheNumbersAreAheadAndHalfBehind() {
    assertEquals(0x8000, PacketIndex.estimate(0, 0x8000));
    assertEquals(-0x7FFF, PacketIndex.estimate(0, 0x8001));
    assertEquals(0x10000, PacketIndex.estimate(0x8001, 0));
    assertEquals(0, PacketIndex.estimate(0x8000, 0));
    assertEquals(-1, PacketIndex.rolloverCounter(PacketIndex.estimate(0, 0xFFFF)));
  }

  /** RFC 3711 section 9.2: after 2^31 SRTCP packets the keys are used up. */
  @Test
  void rtcpIndicesEndWithTheirLast() {
    SendStream stream = new SendStream();
    assertEquals(0, stream.nextRtcpIndex());
    stream.sentRtcp();
    assertEquals(1, stream.nextRtcpIndex());
    SendStream old = new SendStream(Integer.MAX_VALUE);
    assertEquals(Integer.MAX_VALUE, old.nextRtcpIndex());
    old.sentRtcp();
    assertThrows(IllegalStateException.class, old::nextRtcpIndex);
  }
}
