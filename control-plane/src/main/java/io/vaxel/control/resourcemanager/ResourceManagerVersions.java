package io.vaxel.control.resourcemanager;

import io.vaxel.common.version.ApiVersions;
import io.vaxel.common.version.ServiceVersion;
import java.util.stream.Stream;

/**
 * The API versions of {@code Microsoft.Communication}. They differ in what {@code emailServices}
 * can do, which is not here, and in fields of a resource, which all get.
 */
final class ResourceManagerVersions {
  /** The name in {@link io.vaxel.common.version.ApiService}. */
  static final String SERVICE = "resourcemanager";

  private ResourceManagerVersions() {}

  static ApiVersions table() {
    return new ApiVersions(
        SERVICE,
        Stream.of(
                "2020-08-20",
                "2020-08-20-preview",
                "2021-10-01-preview",
                "2022-07-01-preview",
                "2023-03-01-preview",
                "2023-03-31",
                "2023-04-01",
                "2023-04-01-preview",
                "2023-06-01-preview",
                "2024-09-01-preview",
                "2025-05-01",
                "2025-05-01-preview",
                "2025-09-01",
                "2026-03-18")
            .map(ServiceVersion::inForce)
            .toList());
  }
}
