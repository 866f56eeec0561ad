package io.vaxel.common.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may use the API from a browser (the Fetch standard's CORS protocol). Credentials
 * are never cookies here, so any origin is safe for the API: a page needs a token to do anything.
 *
 * @param origins allowed origins as browsers send them; empty means any
 * @param sameOriginPaths path prefixes that answer no other origin, because what is there needs no
 *     token
 * @param requestHeaders headers that a page may send, listed by name because {@code *} does not
 *     cover Authorization
 * @param exposedHeaders headers of answers that a page may read
 * @param maxAge how long a browser may remember the answer to a preflight
 */
public record CorsPolicy(
    Set<String> origins,
    List<String> sameOriginPaths,
    List<String> requestHeaders,
    List<String> exposedHeaders,
    Duration maxAge) {
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";

  public CorsPolicy {
    origins = Set.copyOf(origins);
    sameOriginPaths = List.copyOf(sameOriginPaths);
    requestHeaders = List.copyOf(requestHeaders);
    exposedHeaders = List.copyOf(exposedHeaders);
  }

  /** What the SDKs of ACS send and read from a browser, with these origins; empty means any. */
  public static CorsPolicy ofOrigins(Set<String> origins) {
    return new CorsPolicy(
        origins,
        List.of("/development/"),
        List.of(
            "Accept",
            "Authorization",
            "Content-Type",
            "If-Match",
            "If-None-Match",
            "image-filename",
            "repeatability-first-sent",
            "repeatability-request-id",
            "traceparent",
            "tracestate",
            "x-ms-client-request-id",
            "x-ms-content-sha256",
            "x-ms-date",
            "x-ms-return-client-request-id",
            "x-ms-useragent",
            "x-skypetoken"),
        List.of(
            "api-deprecated-versions",
            "api-supported-versions",
            "Deprecation",
            "ETag",
            "Location",
            "MS-CV",
            "Operation-Location",
            "Repeatability-Result",
            "Retry-After",
            "Sunset",
            "x-ms-client-request-id",
            "x-ms-error-code",
            "x-ms-request-id"),
        // The longest that any browser honours (Firefox; Chromium cuts it to two hours).
        Duration.ofHours(24));
  }

  /** Whether a page of this origin may have the answer; null is a caller that is no page. */
  boolean admits(@Nullable String origin, String path) {
    if (origin == null) {
      return true;
    }
    return sameOriginPaths.stream().noneMatch(path::startsWith)
        && (origins.isEmpty() || origins.contains(origin));
  }

  /** Adds to an answer what lets a page of this origin read it. */
  void apply(@Nullable String origin, String path, HttpHeaders answer) {
    if (!origins.isEmpty()) {
      answer.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
    }
    if (origin == null || !admits(origin, path)) {
      return;
    }
    answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origins.isEmpty() ? "*" : origin);
    answer.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, String.join(", ", exposedHeaders));
  }

  /** Adds to the answer of an admitted preflight what the page may send. */
  void applyPreflight(HttpHeaders answer) {
    answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, String.join(", ", requestHeaders));
    answer.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, maxAge.toSeconds());
  }
}
