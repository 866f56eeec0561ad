package io.vaxel.common.error;

import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import org.glassfish.jersey.jackson.JacksonFeature;

/**
 * Everything that makes bad input a documented error: the strict JSON reader and the mappers.
 * Registered once for all services.
 */
public final class ErrorFeature implements Feature {
  @Override
  public boolean configure(FeatureContext context) {
    // Jackson's own mappers answer with plain text that names Java classes.
    context.register(JacksonFeature.withoutExceptionMappers());
    context.register(new Json());
    context.register(new ApiExceptionMapper());
    context.register(new ConstraintViolationMapper());
    context.register(new JsonExceptionMapper());
    context.register(new StorageUnavailableMapper());
    context.register(new WebApplicationExceptionMapper());
    context.register(new UnexpectedExceptionMapper());
    return true;
  }
}
