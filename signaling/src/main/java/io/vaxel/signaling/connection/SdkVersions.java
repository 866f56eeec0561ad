package io.vaxel.signaling.connection;

import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The releases of our client libraries and how long they are served. The promise: an older minor of
 * the same major keeps working for at least twelve months after a newer one is released. A table
 * that breaks it cannot be made.
 */
public final class SdkVersions {
  private static final int MONTHS_AFTER_SUCCESSOR = 12;
  private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:[.+-].*)?");

  private final List<Release> releases;

  /**
   * @throws IllegalArgumentException when a sunset date breaks the promise
   */
  public SdkVersions(List<Release> releases) {
    this.releases = List.copyOf(releases);
    this.releases.forEach(this::check);
  }

  /** The libraries that exist. */
  public static SdkVersions published() {
    LocalDate first = LocalDate.of(2026, 11, 23);
    return new SdkVersions(
        List.of(
            new Release("vaxel-calling-js", 0, 1, first, null),
            new Release("vaxel-calling-java", 0, 1, first, null)));
  }

  /**
   * When the server stops serving a version, or null when nothing is planned. Libraries and
   * versions that are not in the table have no such date: applications may bring their own client.
   *
   * @param version major and minor, and whatever follows them, such as 2.02 or 0.1.0-beta.1
   */
  public @Nullable LocalDate sunset(String sdkName, String version) {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      return null;
    }
    int major = Integer.parseInt(matcher.group(1));
    int minor = Integer.parseInt(matcher.group(2));
    for (Release release : releases) {
      if (release.sdkName.equals(sdkName) && release.major == major && release.minor == minor) {
        return release.sunset;
      }
    }
    return null;
  }

  private void check(Release release) {
    if (release.sunset == null) {
      return;
    }
    LocalDate successor =
        releases.stream()
            .filter(release::isSucceededBy)
            .map(Release::released)
            .min(LocalDate::compareTo)
            .orElseThrow(
                () -> new IllegalArgumentException(release + " is retired without a successor"));
    if (release.sunset.isBefore(successor.plusMonths(MONTHS_AFTER_SUCCESSOR))) {
      throw new IllegalArgumentException(
          release + " is retired less than twelve months after its successor of " + successor);
    }
  }

  /**
   * One minor release of one library.
   *
   * @param sunset the first day on which it is not served, or null when nothing is planned
   */
  public record Release(
      String sdkName, int major, int minor, LocalDate released, @Nullable LocalDate sunset) {

    private boolean isSucceededBy(Release other) {
      return other.sdkName.equals(sdkName)
          && (other.major > major || (other.major == major && other.minor > minor));
    }
  }
}
