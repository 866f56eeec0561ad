package io.vaxel.control.phonenumbers;

import io.vaxel.common.version.ApiVersions;
import io.vaxel.common.version.ServiceVersion;
import java.util.stream.Stream;

/**
 * The API versions of the phone numbers service: all that ACS published. Every operation is there
 * in every version; an older client does not know the newer ones.
 */
final class PhoneNumbersVersions {
  /** The name in {@link io.vaxel.common.version.ApiService}. */
  static final String SERVICE = "phonenumbers";

  private PhoneNumbersVersions() {}

  static ApiVersions table() {
    return new ApiVersions(
        SERVICE,
        Stream.of(
                "2021-03-07",
                "2022-01-11-preview2",
                "2022-06-01-preview",
                "2022-11-15-preview",
                "2022-12-01",
                "2022-12-02-preview2",
                "2023-05-01-preview",
                "2024-03-01-preview",
                "2025-02-11",
                "2025-04-01",
                "2025-04-01-preview",
                "2025-06-01")
            .map(ServiceVersion::inForce)
            .toList());
  }
}
