package io.vaxel.common.error;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Builds the answers of all mappers, so that they look alike. */
final class ErrorResponses {
  /** The code of a request that could not be understood. */
  static final String BAD_REQUEST = "BadRequest";

  /** The code of a field that breaks its documented rule. */
  static final String VALIDATION_ERROR = "ValidationError";

  private ErrorResponses() {}

  static Response of(int status, ErrorBody body) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body).build();
  }

  static Response of(int status, String code, String message) {
    return of(status, ErrorBody.of(code, message));
  }
}
