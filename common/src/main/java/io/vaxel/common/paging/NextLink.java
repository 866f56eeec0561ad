package io.vaxel.common.paging;

import io.vaxel.common.credential.CallingResource;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Links from one page of a list to the next. They are absolute and begin with exactly the endpoint
 * that the clients use: the Java phone numbers SDK fails on relative ones, and the JavaScript one
 * puts the endpoint in front of whatever does not begin with it.
 */
public final class NextLink {
  private NextLink() {}

  /**
   * The request's own address with some query parameters replaced; the others, filters and {@code
   * api-version}, stay as they are.
   *
   * @param request a request with a resource's credential
   * @param changed query parameters by name
   */
  public static URI of(ContainerRequestContext request, Map<String, ?> changed) {
    return of(CallingResource.endpointOf(request), request.getUriInfo(), changed);
  }

  /** The same behind any endpoint, for requests without a resource. */
  public static URI of(URI endpoint, UriInfo request, Map<String, ?> changed) {
    UriBuilder link =
        UriBuilder.fromUri(endpoint).replaceQuery(request.getRequestUri().getRawQuery());
    // Templates have names of their own: those of parameters may hold a dollar sign.
    Map<String, Object> values = new HashMap<>();
    changed.forEach(
        (name, value) -> {
          String template = "value" + values.size();
          link.replaceQueryParam(name, "{" + template + "}");
          values.put(template, value);
        });
    return URI.create(link.path(request.getPath(false)).buildFromMap(values).toASCIIString());
  }
}
