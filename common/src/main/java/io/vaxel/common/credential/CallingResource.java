package io.vaxel.common.credential;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.UUID;

/** The resource whose key signed the request that is being answered. */
public final class CallingResource {
  private static final String PROPERTY = CallingResource.class.getName();

  private CallingResource() {}

  /**
   * The resource's immutable id.
   *
   * @throws IllegalStateException when the REST resource does not ask for an {@link AccessKey}
   */
  public static UUID idOf(ContainerRequestContext request) {
    if (request.getProperty(PROPERTY) instanceof UUID id) {
      return id;
    }
    throw new IllegalStateException("The request was let in without an access key");
  }

  static void set(ContainerRequestContext request, UUID id) {
    request.setProperty(PROPERTY, id);
  }
}
