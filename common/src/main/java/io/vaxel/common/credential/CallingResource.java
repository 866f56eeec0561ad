package io.vaxel.common.credential;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.UUID;

/** The communication resource whose credential let in the request that is being answered. */
public final class CallingResource {
  private static final String PROPERTY = CallingResource.class.getName();

  private CallingResource() {}

  /**
   * The resource's immutable id.
   *
   * @throws IllegalStateException when the REST resource does not ask for a {@link
   *     ResourceCredential}
   */
  public static UUID idOf(ContainerRequestContext request) {
    return of(request).id();
  }

  /**
   * Where clients reach the resource, with a slash at its end: what absolute links begin with.
   *
   * @throws IllegalStateException as {@link #idOf}
   */
  public static URI endpointOf(ContainerRequestContext request) {
    return of(request).endpoint();
  }

  static void set(ContainerRequestContext request, UUID id, URI endpoint) {
    request.setProperty(PROPERTY, new Reached(id, endpoint));
  }

  private static Reached of(ContainerRequestContext request) {
    if (request.getProperty(PROPERTY) instanceof Reached reached) {
      return reached;
    }
    throw new IllegalStateException("The request was let in without a resource's credential");
  }

  private record Reached(UUID id, URI endpoint) {}
}
