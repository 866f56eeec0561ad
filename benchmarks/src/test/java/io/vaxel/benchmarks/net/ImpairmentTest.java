package io.vaxel.benchmarks.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpairmentTest {
  @Test
  void settingsAreReadAsTheCommandLineWritesThem() {
    Impairment read =
        Impairment.NONE
            .with("loss", "2.5")
            .with("delay", "20ms")
            .with("jitter", "1.5")
            .with("reorder", "1")
            .with("reorder-by", "3ms")
            .with("rate", "1000")
            .with("queue", "50ms")
            .with("burst", "16000");
    assertEquals(
        new Impairment(
            2.5,
            Duration.ofMillis(20),
            Duration.ofNanos(1_500_000),
            1,
            Duration.ofMillis(3),
            1000,
            Duration.ofMillis(50),
            16_000),
        read);
  }

  @ParameterizedTest
  @CsvSource({
    "loss, 101",
    "loss, -1",
    "loss, NaN",
    "loss, much",
    "delay, -1ms",
    "delay, 61000ms",
    "delay, NaN",
    "jitter, 1s",
    "reorder, 200",
    "rate, -1",
    "queue, 1e30",
    "burst, -5",
  })
  void whatIsOutOfRangeIsNamed(String name, String value) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Impairment.NONE.with(name, value));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(name), refused::getMessage);
  }

  @Test
  void unknownSettingsAreNamed() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Impairment.NONE.with("colour", "red"));
    assertEquals("unknown setting: colour", refused.getMessage());
  }
}
