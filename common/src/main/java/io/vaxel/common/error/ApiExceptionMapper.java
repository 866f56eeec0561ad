package io.vaxel.common.error;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers with the error that the exception carries. */
final class ApiExceptionMapper implements ExceptionMapper<ApiException> {
  @Override
  public Response toResponse(ApiException exception) {
    Response.ResponseBuilder answer =
        Response.status(exception.status())
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(exception.body());
    exception.headers().forEach(answer::header);
    return answer.build();
  }
}
