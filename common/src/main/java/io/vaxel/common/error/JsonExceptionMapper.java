package io.vaxel.common.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers 400 to a body that is not JSON, or not of the shape that is asked for, and names the
 * field. Jackson's own message is not passed on: it names Java classes and quotes the body.
 */
final class JsonExceptionMapper implements ExceptionMapper<JsonProcessingException> {
  private static final Logger LOG = LoggerFactory.getLogger(JsonExceptionMapper.class);

  @Override
  public Response toResponse(JsonProcessingException exception) {
    if (exception instanceof InvalidDefinitionException) {
      LOG.error("A type of the server cannot be read or written as JSON", exception);
      return ErrorResponses.of(500, "InternalServerError", "The server failed.");
    }
    if (exception instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String target = target(mapping);
      return ErrorResponses.of(
          400,
          new ErrorBody(
              ErrorBody.Detail.of(
                  ErrorResponses.VALIDATION_ERROR, target + " is not of the right type.", target)));
    }
    return ErrorResponses.of(
        400, ErrorResponses.BAD_REQUEST, "The body is not the JSON that this operation takes.");
  }

  private static String target(JsonMappingException exception) {
    return exception.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }
}
