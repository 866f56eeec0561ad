package io.vaxel.control.phonenumbers.siprouting;

import io.vaxel.common.version.ApiVersions;
import io.vaxel.common.version.ServiceVersion;
import java.util.stream.Stream;

/** The API versions of SIP routing: all that ACS published. */
final class SipRoutingVersions {
  /** The name in {@link io.vaxel.common.version.ApiService}. */
  static final String SERVICE = "siprouting";

  private SipRoutingVersions() {}

  static ApiVersions table() {
    return new ApiVersions(
        SERVICE,
        Stream.of(
                "2021-05-01",
                "2021-05-01-preview",
                "2021-09-01-preview",
                "2022-09-01-preview",
                "2022-10-01-preview",
                "2023-01-01-preview",
                "2023-03-01",
                "2023-04-01-preview",
                "2024-11-15-preview")
            .map(ServiceVersion::inForce)
            .toList());
  }
}
