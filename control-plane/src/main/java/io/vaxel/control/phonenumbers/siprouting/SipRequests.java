package io.vaxel.control.phonenumbers.siprouting;

import com.fasterxml.jackson.databind.JsonNode;
import io.vaxel.common.error.ApiException;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jspecify.annotations.Nullable;

/** What the requests of SIP routing have in common. */
final class SipRequests {
  private SipRequests() {}

  /** Whether the caller speaks a preview version, which has more fields. */
  static boolean isPreview(ContainerRequestContext request) {
    return version(request).endsWith("-preview");
  }

  static boolean wantsHealth(ContainerRequestContext request, @Nullable String expand) {
    if (expand == null || expand.isEmpty()) {
      return false;
    }
    if (!expand.equals("trunks/health")) {
      throw invalid("expand", "expand must be trunks/health.");
    }
    return isPreview(request);
  }

  /** A body that is an object. */
  static JsonNode object(JsonNode body) {
    if (!body.isObject()) {
      throw new ApiException(
          400, "BadRequest", "The body is not the JSON that this operation takes.");
    }
    return body;
  }

  static ApiException invalid(String field, String message) {
    return new ApiException(400, "ValidationError", message, field);
  }

  /** The one outer code of all configurations that are not valid; 422 in the versions of 2022. */
  static ApiException unprocessable(ContainerRequestContext request, SipRoutingException e) {
    int status = version(request).compareTo("2023") < 0 ? 422 : 400;
    return new ApiException(
            status, "UnprocessableConfiguration", "One or more request inputs are not valid.")
        .withInnerError(e.code(), String.valueOf(e.getMessage()));
  }

  private static String version(ContainerRequestContext request) {
    return String.valueOf(request.getUriInfo().getQueryParameters().getFirst("api-version"));
  }
}
