package io.vaxel.common.repeat;

import io.vaxel.common.error.ApiException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The headers of a request that may be repeated, read and checked. */
record RepeatabilityHeaders(UUID requestId, Instant firstSent) {
  static final String REQUEST_ID = "Repeatability-Request-ID";
  static final String FIRST_SENT = "Repeatability-First-Sent";
  static final String RESULT = "Repeatability-Result";

  /** A caller's clock may be ahead of ours by as much as the date of a signed request. */
  private static final Duration AHEAD = Duration.ofMinutes(15);

  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final DateTimeFormatter RFC_1123 =
      DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

  /**
   * The headers of a request, or null when it has neither.
   *
   * @param retention how long first answers are kept
   * @throws ApiException 400 when one is missing or malformed; 412 when the request was first sent
   *     so long ago that its answer, if there was one, is forgotten
   */
  static @Nullable RepeatabilityHeaders of(
      ContainerRequestContext request, Instant now, Duration retention) {
    String id = request.getHeaderString(REQUEST_ID);
    String date = request.getHeaderString(FIRST_SENT);
    if (id == null && date == null) {
      return null;
    }
    if (id == null || !GUID.matcher(id).matches()) {
      throw malformed(REQUEST_ID, "must be a GUID");
    }
    Instant firstSent = parse(date);
    if (firstSent.isAfter(now.plus(AHEAD))) {
      throw malformed(FIRST_SENT, "is in the future");
    }
    if (!firstSent.isAfter(now.minus(retention))) {
      throw rejected(
          412,
          "PreconditionFailed",
          "The request was first sent more than "
              + retention.toMinutes()
              + " minutes ago: whether it was carried out then is not known any more.",
          FIRST_SENT);
    }
    return new RepeatabilityHeaders(UUID.fromString(id), firstSent);
  }

  static ApiException rejected(int status, String code, String message, String header) {
    return new ApiException(status, code, message, header).withHeader(RESULT, "rejected");
  }

  private static Instant parse(@Nullable String date) {
    try {
      return RFC_1123.parse(String.valueOf(date), Instant::from);
    } catch (DateTimeException e) {
      throw malformed(FIRST_SENT, "must be a date such as Mon, 23 Nov 2026 12:00:00 GMT");
    }
  }

  private static ApiException malformed(String header, String rule) {
    return rejected(
        400, "BadRequest", header + " " + rule + "; the two headers go together.", header);
  }
}
