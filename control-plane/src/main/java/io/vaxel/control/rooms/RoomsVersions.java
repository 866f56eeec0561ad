package io.vaxel.control.rooms;

import io.vaxel.common.version.ApiVersions;
import io.vaxel.common.version.ServiceVersion;
import java.util.stream.Stream;

/**
 * The versions of the rooms API, and what came with which. The first previews (2021-04-07,
 * 2022-02-01) had other bodies and were retired by ACS before it announced its end; they are not
 * spoken.
 */
final class RoomsVersions {
  /** The name of the service. */
  static final String SERVICE = "rooms";

  private static final String PSTN_DIAL_OUT_SINCE = "2023-10-30";
  private static final String COLLABORATOR_SINCE = "2025-02-28";

  private RoomsVersions() {}

  static ApiVersions table() {
    return new ApiVersions(
        SERVICE,
        Stream.of(
                "2023-03-31-preview",
                "2023-06-14",
                "2023-10-30-preview",
                "2024-04-15",
                "2025-02-28-preview",
                "2025-02-28",
                "2025-03-07",
                "2025-03-13")
            .map(ServiceVersion::inForce)
            .toList());
  }

  /** Whether rooms have {@code pstnDialOutEnabled}. Names begin with dates, so they compare. */
  static boolean hasPstnDialOut(String version) {
    return version.compareTo(PSTN_DIAL_OUT_SINCE) >= 0;
  }

  /** Whether there is the role Collaborator. */
  static boolean hasCollaborator(String version) {
    return version.compareTo(COLLABORATOR_SINCE) >= 0;
  }
}
