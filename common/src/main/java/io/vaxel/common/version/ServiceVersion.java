package io.vaxel.common.version;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One version of a service's REST API.
 *
 * @param name what {@code api-version} says, such as {@code 2023-10-01}
 * @param stage what is promised of it
 * @param released the day it was released
 * @param deprecated the day its end was announced, if it was
 * @param sunset the first day on which it may be gone, if that is announced
 */
public record ServiceVersion(
    String name,
    Stage stage,
    LocalDate released,
    @Nullable LocalDate deprecated,
    @Nullable LocalDate sunset) {

  /** How long a stable version still works after the notice, in years. */
  public static final int NOTICE_YEARS = 3;

  /**
   * @throws IllegalArgumentException when the dates are out of order, or a stable version would end
   *     sooner than promised
   */
  public ServiceVersion {
    if (deprecated != null && deprecated.isBefore(released)) {
      throw new IllegalArgumentException(name + " is deprecated before its release");
    }
    if (sunset != null && deprecated == null) {
      throw new IllegalArgumentException(name + " ends without notice");
    }
    if (sunset != null
        && deprecated != null
        && stage == Stage.STABLE
        && sunset.isBefore(deprecated.plusYears(NOTICE_YEARS))) {
      throw new IllegalArgumentException(
          name + " ends less than " + NOTICE_YEARS + " years after the notice");
    }
  }

  /** A version in force, released on the day that its name says: names begin with a date. */
  public static ServiceVersion inForce(String name) {
    Stage stage = name.length() == 10 ? Stage.STABLE : Stage.PREVIEW;
    return new ServiceVersion(name, stage, LocalDate.parse(name.substring(0, 10)), null, null);
  }
}
