package io.vaxel.common.error;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers 500 without a word about the inside, which goes to the log. */
final class UnexpectedExceptionMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedExceptionMapper.class);

  @Override
  public Response toResponse(Throwable exception) {
    LOG.error("A request failed", exception);
    return ErrorResponses.of(500, "InternalServerError", "The server failed.");
  }
}
