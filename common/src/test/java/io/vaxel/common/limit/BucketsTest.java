package io.vaxel.common.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");
  private final Buckets buckets = new Buckets(Rate.parse("3/30s"), 2, new ForwardTime(() -> now));

  private boolean take(String key) {
    return buckets.take(key).isZero();
  }

  /** Takes what a full bucket holds. */
  private void spend(String key) {
    for (int i = 0; i < 3; i++) {
      assertTrue(take(key));
    }
  }

  @Test
  void aFullBucketIsSpentAtOnceAndFillsEvenly() {
    spend("a");
    assertEquals(Duration.ofSeconds(10), buckets.take("a"));
    now = now.plusSeconds(9);
    assertEquals(Duration.ofSeconds(1), buckets.take("a"));
    now = now.plusSeconds(1);
    assertTrue(take("a"));
    assertFalse(take("a"));
    now = now.plusSeconds(3600);
    spend("a");
    assertFalse(take("a"));
  }

  @Test
  void keysDoNotShare() {
    spend("a");
    assertTrue(take("b"));
  }

  @Test
  void onlySoManyKeysAreRemembered() {
    take("a");
    take("b");
    take("a");
    take("c");
    assertEquals(2, buckets.keys());
    assertTrue(take("a"));
    assertFalse(take("a"));
  }

  @Test
  void aClockThatIsSetBackDoesNotStarveAnybody() {
    spend("a");
    now = now.minusSeconds(3600);
    assertFalse(take("a"));
    now = now.plusSeconds(10);
    assertTrue(take("a"));
  }

  @Test
  void settingsWriteRatesInOneForm() {
    assertEquals(new Rate(1000, Duration.ofSeconds(30)), Rate.parse("1000/30s"));
    assertEquals(new Rate(200, Duration.ofMinutes(1)), Rate.parse("200/1m"));
    assertEquals(new Rate(1200, Duration.ofHours(1)), Rate.parse("1200/1h"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "0/1s", "1/0s", "-1/1s", "1/1d", "1/s", "1 / 1s", "1/1s "})
  void otherFormsAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Rate.parse(text));
  }
}
