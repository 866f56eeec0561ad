package io.vaxel.common.error;

import java.util.List;
import org.glassfish.jersey.jackson.JacksonFeature;

/**
 * Everything that makes bad input a documented error: the strict JSON reader and the exception
 * mappers, to be registered once for all services.
 */
public final class ErrorHandling {
  private ErrorHandling() {}

  /**
   * New instances to register. They are a list and not a Jakarta REST feature because Jersey adds
   * Jackson by itself before features run, and then with Jackson's own mappers, whose answers are
   * plain text that names Java classes.
   */
  public static List<Object> components() {
    return List.of(
        JacksonFeature.withoutExceptionMappers(),
        new Json(),
        new ContentTypeCheck(),
        new ErrorCodeHeader(),
        new ApiExceptionMapper(),
        new ConstraintViolationMapper(),
        new JsonExceptionMapper(),
        new StorageFailureMapper(),
        new WebApplicationExceptionMapper(),
        new UnexpectedExceptionMapper());
  }
}
