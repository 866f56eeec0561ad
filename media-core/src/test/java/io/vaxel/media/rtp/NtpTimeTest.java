package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NtpTimeTest {
  @Test
  void convertsToAndFromNtp() {
    assertEquals(0x83aa7e80_00000000L, NtpTime.ofUnixNanos(0));
    assertEquals(0x83aa7e81_80000000L, NtpTime.ofUnixNanos(1_500_000_000L));
    long now = 1_795_441_424_123_456_789L;
    long there = NtpTime.toUnixNanos(NtpTime.ofUnixNanos(now));
    assertTrue(there == now || there == now - 1, "rounded down twice");
  }

  @Test
  void shortFormCountsIn65536thsOfASecond() {
    assertEquals(65536, NtpTime.shortDuration(1_000_000_000L));
    assertEquals(500_000_000L, NtpTime.nanosOfShort(32768));
    assertEquals(0x7e81_8000, NtpTime.middle(NtpTime.ofUnixNanos(1_500_000_000L)));
  }

  @Test
  void roundTripIsTimeSinceTheReportLessTheDelayAtTheOtherEnd() {
    // The example of RFC 3550 section 6.4.1, figure 2.
    long arrival = 0xb7108000L << 16;
    assertEquals(6_125_000_000L, NtpTime.roundTripNanos(arrival, 0xb7052000, 0x00054000));
  }

  @Test
  void noRoundTripWithoutASenderReportOrAcrossAClockStep() {
    assertEquals(-1, NtpTime.roundTripNanos(1L << 40, 0, 0));
    assertEquals(-1, NtpTime.roundTripNanos(0, 5, 5));
  }
}
