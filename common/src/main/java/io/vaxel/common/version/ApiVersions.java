package io.vaxel.common.version;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The versions of one service that the server speaks, in order of release. Immutable. */
public final class ApiVersions {
  private final String service;
  private final Map<String, ServiceVersion> byName = new LinkedHashMap<>();
  private final String supported;
  private final String deprecated;

  /**
   * @param service the service's name, as {@link ApiService} has it
   * @param versions its versions, in any order
   * @throws IllegalArgumentException when there is none, or a name comes twice
   */
  public ApiVersions(String service, List<ServiceVersion> versions) {
    if (versions.isEmpty()) {
      throw new IllegalArgumentException(service + " has no version");
    }
    this.service = service;
    versions.stream()
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .forEach(
            version -> {
              if (byName.put(version.name(), version) != null) {
                throw new IllegalArgumentException(service + " has " + version.name() + " twice");
              }
            });
    this.supported = String.join(", ", byName.keySet());
    this.deprecated =
        byName.values().stream()
            .filter(version -> version.deprecated() != null)
            .map(ServiceVersion::name)
            .collect(Collectors.joining(", "));
  }

  /** The service's name. */
  public String service() {
    return service;
  }

  /** The version with this name, if the server speaks it. */
  public Optional<ServiceVersion> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All versions, oldest first. */
  public List<ServiceVersion> all() {
    return List.copyOf(byName.values());
  }

  /** What {@code api-supported-versions} says. */
  String supportedHeader() {
    return supported;
  }

  /** What {@code api-deprecated-versions} says; empty when none is deprecated. */
  String deprecatedHeader() {
    return deprecated;
  }
}
