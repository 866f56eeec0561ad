package io.vaxel.common.error;

import io.vaxel.common.storage.StorageFailure;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers 503 with {@code Retry-After} when the database is down, hangs, is full or too busy, and
 * 400 to a text that it cannot keep. Any other failure of a statement is a mistake of ours: 500.
 */
final class StorageFailureMapper implements ExceptionMapper<JdbiException> {
  private static final Logger LOG = LoggerFactory.getLogger(StorageFailureMapper.class);

  @Override
  public Response toResponse(JdbiException exception) {
    StorageFailure failure = StorageFailure.of(exception);
    if (failure == StorageFailure.UNSTORABLE_TEXT) {
      return ErrorResponses.of(
          400, ErrorResponses.BAD_REQUEST, "A text of the request holds the character NUL.");
    }
    if (!failure.isPassing()) {
      LOG.error("A statement failed", exception);
      return ErrorResponses.of(500, "InternalServerError", "The server failed.");
    }
    LOG.warn("The database failed ({}): {}", failure, String.valueOf(exception.getCause()));
    return Response.status(503)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.RETRY_AFTER, 1)
        .entity(ErrorBody.of("ServiceUnavailable", "The server is busy; try again."))
        .build();
  }
}
