package io.vaxel.control.identity;

import io.vaxel.common.version.ApiVersions;
import io.vaxel.common.version.ServiceVersion;
import java.util.stream.Stream;

/**
 * The API versions of the identity service: all that ACS published or announced. Operations that
 * came with a later version are open in earlier ones too.
 */
final class IdentityVersions {
  /** The name in {@link io.vaxel.common.version.ApiService}. */
  static final String SERVICE = "identity";

  private IdentityVersions() {}

  static ApiVersions table() {
    return new ApiVersions(
        SERVICE,
        Stream.of(
                "2020-07-20-preview2",
                "2021-02-22-preview1",
                "2021-03-07",
                "2021-03-31-preview1",
                "2021-10-31-preview",
                "2021-11-01",
                "2022-06-01",
                "2022-09-01",
                "2022-10-01",
                "2023-08-01",
                "2023-08-30-preview",
                "2023-10-01",
                "2025-03-02-preview",
                "2025-04-01-preview",
                "2025-06-30",
                "2026-07-22",
                "2026-09-23")
            .map(ServiceVersion::inForce)
            .toList());
  }
}
