package io.vaxel.signaling.connection;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaxel.signaling.connection.SdkVersions.Release;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SdkVersionsTest {
  private static final LocalDate SUCCESSOR = LocalDate.of(2026, 5, 10);

  private static SdkVersions calling(@Nullable LocalDate sunsetOf202) {
    return new SdkVersions(
        List.of(
            new Release("calling", 2, 2, LocalDate.of(2025, 1, 1), sunsetOf202),
            new Release("calling", 2, 5, SUCCESSOR, null),
            new Release("other", 2, 3, LocalDate.of(2025, 2, 1), null)));
  }

  @Test
  void servesAnOlderMinorTwelveMonthsAfterItsSuccessor() {
    LocalDate earliest = LocalDate.of(2027, 5, 10);
    assertDoesNotThrow(() -> calling(earliest));
    assertThrows(IllegalArgumentException.class, () -> calling(earliest.minusDays(1)));
  }

  @Test
  void retiresNothingWithoutASuccessor() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new SdkVersions(
                List.of(
                    new Release("calling", 1, 0, SUCCESSOR, LocalDate.of(2099, 1, 1)),
                    new Release("other", 1, 1, SUCCESSOR, null))));
  }

  @Test
  void tellsTheSunsetOfAVersionHoweverItIsWritten() {
    LocalDate sunset = LocalDate.of(2028, 1, 1);
    for (String version : List.of("2.02", "2.2", "2.2.9", "2.2-beta.1", "2.2+build")) {
      assertEquals(sunset, calling(sunset).sunset("calling", version), version);
    }
  }

  @Test
  void knowsNoSunsetOfWhatIsNotInTheTable() {
    LocalDate sunset = LocalDate.of(2028, 1, 1);
    for (String version : List.of("", "2", "2.5.0", "2.22", "3.2", "x.y", "9999999999.2", "-2.2")) {
      assertNull(calling(sunset).sunset("calling", version), version);
    }
    assertNull(calling(sunset).sunset("other", "2.2"));
    assertNull(calling(sunset).sunset("", ""));
  }

  @Test
  void publishedTableKeepsThePromise() {
    assertDoesNotThrow(SdkVersions::published);
  }
}
