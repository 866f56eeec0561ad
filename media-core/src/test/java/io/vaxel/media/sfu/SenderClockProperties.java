package io.vaxel.media.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** The publisher's clock, carried on. */
final class SenderClockProperties {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400 * SECOND;

  @Property
  void bothTimesGoOnAtTheirRatesFromTheReport(
      @ForAll long ntp,
      @ForAll int rtp,
      @ForAll long arrival,
      @ForAll @LongRange(min = 0, max = 86_400_000L) long laterMillis) {
    SenderClock clock = new SenderClock(90_000);
    clock.report(ntp, rtp, arrival);
    long now = arrival + laterMillis * 1_000_000;
    assertEquals(rtp + (int) (laterMillis * 90), clock.rtpTimestampAt(now));
    long expected = ntp + ((laterMillis / 1000) << 32) + (((laterMillis % 1000) << 32) / 1000);
    assertTrue(Math.abs(clock.ntpAt(now) - expected) <= 1);
  }

  @Property
  void twoTracksOfAPublisherKeepTheirDistance(
      @ForAll @LongRange(min = 0, max = DAY) long nowNanos,
      @ForAll @LongRange(min = 0, max = SECOND) long videoReportNanos) {
    // Both streams began at NTP time 0; the video's report came later.
    SenderClock audio = new SenderClock(48_000);
    SenderClock video = new SenderClock(90_000);
    audio.report(0, 0, 0);
    video.report(
        (videoReportNanos << 32) / SECOND,
        (int) (videoReportNanos * 90_000 / SECOND),
        videoReportNanos);
    long apart = audio.ntpAt(nowNanos + SECOND) - video.ntpAt(nowNanos + SECOND);
    assertTrue(Math.abs(apart) <= 3, () -> "in 2^-32 s: " + apart);
  }

  @Property(tries = 1)
  void anotherSourceHasAnotherClock() {
    SenderClock clock = new SenderClock(48_000);
    assertFalse(clock.isKnown());
    clock.report(1, 1, 1);
    assertTrue(clock.isKnown());
    clock.reset();
    assertFalse(clock.isKnown());
  }
}
