package io.vaxel.common.error;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.glassfish.jersey.server.ParamException;

/**
 * Gives the refusals of Jakarta REST itself (no such path, wrong method, wrong media type) our
 * body. A resource that threw an answer with a body of its own keeps it.
 */
final class WebApplicationExceptionMapper implements ExceptionMapper<WebApplicationException> {
  @Override
  public Response toResponse(WebApplicationException exception) {
    Response original = exception.getResponse();
    if (original.hasEntity() || original.getStatus() < 400) {
      return original;
    }
    if (exception instanceof ParamException.QueryParamException parameter) {
      // Jersey says 404 here, as if the address were wrong; it is the value that is.
      String name = parameter.getParameterName();
      return ErrorResponses.of(
          400,
          new ErrorBody(
              ErrorBody.Detail.of(
                  ErrorResponses.VALIDATION_ERROR, name + " is not of the right type.", name)));
    }
    int status = original.getStatus();
    Response.ResponseBuilder answer =
        Response.status(status)
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(ErrorBody.of(code(status), message(status)));
    String allow = original.getHeaderString(HttpHeaders.ALLOW);
    if (allow != null) {
      answer.header(HttpHeaders.ALLOW, allow);
    }
    return answer.build();
  }

  private static String code(int status) {
    return switch (status) {
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "NotFound";
      case 405 -> "MethodNotAllowed";
      case 406 -> "NotAcceptable";
      case 413 -> "RequestBodyTooLarge";
      case 415 -> "UnsupportedMediaType";
      default -> status < 500 ? ErrorResponses.BAD_REQUEST : "InternalServerError";
    };
  }

  private static String message(int status) {
    return switch (status) {
      case 404 -> "There is no such operation.";
      case 405 -> "The path does not take this method.";
      case 406 -> "The answer is JSON, which the Accept header excludes.";
      case 413 -> "The body is too large.";
      case 415 -> "The body must be JSON.";
      default -> status < 500 ? "The request is not valid." : "The server failed.";
    };
  }
}
