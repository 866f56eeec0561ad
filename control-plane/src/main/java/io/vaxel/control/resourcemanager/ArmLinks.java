package io.vaxel.control.resourcemanager;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.UUID;

/** The absolute links of asynchronous operations. */
final class ArmLinks {
  /** Seconds that a client shall wait before it asks again. */
  static final String RETRY_AFTER = "1";

  private final URI endpoint;

  /**
   * @param endpoint of resource management, with a slash at its end
   */
  ArmLinks(URI endpoint) {
    this.endpoint = endpoint;
  }

  URI endpoint() {
    return endpoint;
  }

  /** Where the state of an operation is: {@code Azure-AsyncOperation}. */
  String status(ContainerRequestContext request, UUID subscription, String operationId) {
    return link(request, subscription, "operationStatuses", operationId);
  }

  /** Where the outcome of an operation is: {@code Location}. */
  String result(ContainerRequestContext request, UUID subscription, String operationId) {
    return link(request, subscription, "operationResults", operationId);
  }

  private String link(
      ContainerRequestContext request, UUID subscription, String kind, String operationId) {
    return UriBuilder.fromUri(endpoint)
        .path("subscriptions/{subscription}/providers/Microsoft.Communication/locations/global")
        .path(kind)
        .path("{operation}")
        .queryParam("api-version", "{version}")
        .build(
            subscription,
            operationId,
            request.getUriInfo().getQueryParameters().getFirst("api-version"))
        .toASCIIString();
  }
}
