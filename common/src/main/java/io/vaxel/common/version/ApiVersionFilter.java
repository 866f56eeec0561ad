package io.vaxel.common.version;

import io.vaxel.common.error.ApiException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests without a known {@code api-version}, and tells callers on every answer which
 * versions there are. After the credential check: only who may ask learns more than a refusal.
 */
@Priority(Priorities.AUTHORIZATION)
final class ApiVersionFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String PARAMETER = "api-version";

  /** A query may hold anything; a name this long is none of ours and is not echoed. */
  private static final int LONGEST_NAME = 40;

  private final ApiVersions versions;

  ApiVersionFilter(ApiVersions versions) {
    this.versions = versions;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String name = requested(request);
    if (name == null) {
      throw new ApiException(
          400, "ApiVersionUnspecified", "The query must name one api-version.", PARAMETER);
    }
    if (versions.find(name).isEmpty()) {
      String shown = name.length() <= LONGEST_NAME ? "'" + name + "'" : "That";
      throw new ApiException(
          400,
          "UnsupportedApiVersion",
          shown + " is no version of this service. Known are: " + versions.supportedHeader() + ".",
          PARAMETER);
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    headers.putSingle("api-supported-versions", versions.supportedHeader());
    if (!versions.deprecatedHeader().isEmpty()) {
      headers.putSingle("api-deprecated-versions", versions.deprecatedHeader());
    }
    String name = requested(request);
    if (name != null) {
      versions.find(name).ifPresent(version -> announceEnd(version, headers));
    }
  }

  /**
   * {@code Deprecation} is RFC 9745, a date in seconds; {@code Sunset} is RFC 8594, an HTTP date.
   */
  private static void announceEnd(ServiceVersion version, MultivaluedMap<String, Object> headers) {
    LocalDate deprecated = version.deprecated();
    if (deprecated != null) {
      headers.putSingle(
          "Deprecation", "@" + deprecated.atStartOfDay(ZoneOffset.UTC).toEpochSecond());
    }
    LocalDate sunset = version.sunset();
    if (sunset != null) {
      headers.putSingle(
          "Sunset",
          DateTimeFormatter.RFC_1123_DATE_TIME.format(sunset.atStartOfDay(ZoneOffset.UTC)));
    }
  }

  private static @Nullable String requested(ContainerRequestContext request) {
    List<String> values = request.getUriInfo().getQueryParameters().get(PARAMETER);
    return values == null || values.size() != 1 || values.getFirst().isEmpty()
        ? null
        : values.getFirst();
  }
}
