package io.vaxel.control;

import io.vaxel.common.oidc.IssuerSettings;
import java.util.List;

/**
 * How resources and their callers are told apart.
 *
 * @param domain under which each resource has a host name of its own, or empty
 * @param perHost how many resources may share a host: each costs a failed signature check about 20
 *     HMACs, some 20 µs
 * @param failedCredentialsPerMinute failed credentials that a remote address may send
 * @param issuers OpenID Connect issuers whose bearers are accepted
 */
public record ResourceSettings(
    String domain, int perHost, int failedCredentialsPerMinute, List<IssuerSettings> issuers) {
  public ResourceSettings {
    if (perHost < 1 || perHost > 1_000) {
      throw new IllegalArgumentException("per-host is 1 to 1000, not " + perHost);
    }
    if (failedCredentialsPerMinute < 1) {
      throw new IllegalArgumentException("failed-credentials-per-minute is at least 1");
    }
    issuers = List.copyOf(issuers);
  }

  /** One host for up to 64 resources, and no issuer. */
  public static ResourceSettings defaults() {
    return new ResourceSettings("", 64, 600, List.of());
  }
}
