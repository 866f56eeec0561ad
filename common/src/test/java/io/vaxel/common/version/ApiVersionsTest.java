package io.vaxel.common.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiVersionsTest {
  private static final LocalDate RELEASED = LocalDate.of(2021, 3, 7);
  private static final LocalDate NOTICE = LocalDate.of(2024, 2, 29);

  private static ServiceVersion ending(Stage stage, LocalDate sunset) {
    return new ServiceVersion("2021-03-07", stage, RELEASED, NOTICE, sunset);
  }

  @Test
  void aStableVersionLivesThreeYearsAfterTheNotice() {
    assertEquals(
        LocalDate.of(2027, 2, 28), ending(Stage.STABLE, LocalDate.of(2027, 2, 28)).sunset());
    assertThrows(
        IllegalArgumentException.class, () -> ending(Stage.STABLE, LocalDate.of(2027, 2, 27)));
  }

  @Test
  void aPreviewMayGoSoonerButNotUnannounced() {
    assertEquals(NOTICE, ending(Stage.PREVIEW, NOTICE).sunset());
    assertThrows(
        IllegalArgumentException.class,
        () -> new ServiceVersion("2021-03-07", Stage.PREVIEW, RELEASED, null, NOTICE));
  }

  @Test
  void noNoticeComesBeforeTheRelease() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ServiceVersion("2021-03-07", Stage.STABLE, RELEASED, RELEASED.minusDays(1), null));
  }

  @Test
  void theNameTellsStageAndRelease() {
    assertEquals(Stage.STABLE, ServiceVersion.inForce("2023-10-01").stage());
    assertEquals(Stage.PREVIEW, ServiceVersion.inForce("2023-08-30-preview").stage());
    assertEquals(
        LocalDate.of(2023, 8, 30), ServiceVersion.inForce("2023-08-30-preview").released());
  }

  @Test
  void aTableListsItsVersionsOldestFirst() {
    ApiVersions table =
        new ApiVersions(
            "Things",
            List.of(
                ServiceVersion.inForce("2023-10-01"), ending(Stage.STABLE, NOTICE.plusYears(3))));
    assertEquals("2021-03-07, 2023-10-01", table.supportedHeader());
    assertEquals("2021-03-07", table.deprecatedHeader());
    assertTrue(table.find("2023-10-01").isPresent());
    assertTrue(table.find("2023-10-02").isEmpty());
  }

  @Test
  void aTableHasNoVersionTwiceAndAtLeastOne() {
    ServiceVersion version = ServiceVersion.inForce("2023-10-01");
    assertThrows(
        IllegalArgumentException.class, () -> new ApiVersions("Things", List.of(version, version)));
    assertThrows(IllegalArgumentException.class, () -> new ApiVersions("Things", List.of()));
  }
}
