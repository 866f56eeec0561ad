package io.vaxel.common.error;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jdbi.v3.core.ConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers 503 with {@code Retry-After} when no connection to the database was free in time. */
final class StorageUnavailableMapper implements ExceptionMapper<ConnectionException> {
  private static final Logger LOG = LoggerFactory.getLogger(StorageUnavailableMapper.class);

  @Override
  public Response toResponse(ConnectionException exception) {
    LOG.warn("The database gave no connection: {}", String.valueOf(exception.getCause()));
    return Response.status(503)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.RETRY_AFTER, 1)
        .entity(ErrorBody.of("ServiceUnavailable", "The server is busy; try again."))
        .build();
  }
}
