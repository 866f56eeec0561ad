package io.vaxel.control.phonenumbers;

import io.vaxel.common.credential.CallingResource;
import io.vaxel.common.operation.Operation;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How operations are answered: 202 without a body and all in headers. The Java SDK reads {@code
 * operation-id} and, after a search, {@code search-id}; the JavaScript SDK follows {@code
 * Operation-Location} and at the end {@code Location}.
 */
final class OperationAnswers {
  private OperationAnswers() {}

  /**
   * The answer to a request that started an operation.
   *
   * @param idHeader the header of the kind, such as {@code search-id}
   * @param id its value
   */
  static Response accepted(
      ContainerRequestContext request, Operation operation, String idHeader, String id) {
    Response.ResponseBuilder answer =
        Response.accepted()
            .header(
                "Operation-Location", link(request, "/phoneNumbers/operations/", operation.id()))
            .header("operation-id", operation.id())
            .header(idHeader, id);
    URI result = resultOf(request, operation);
    if (result != null) {
      answer.header(HttpHeaders.LOCATION, result);
    }
    return answer.build();
  }

  /** The answer to a question about an operation. */
  static Response status(ContainerRequestContext request, Operation operation) {
    URI result = resultOf(request, operation);
    Response.ResponseBuilder answer =
        Response.ok(OperationBody.of(operation, result == null ? null : result.toString()));
    if (result != null) {
      answer.header(HttpHeaders.LOCATION, result);
    }
    return answer.build();
  }

  /** Where the result of an operation is to be had; null when its success says all. */
  private static @Nullable URI resultOf(ContainerRequestContext request, Operation operation) {
    return switch (operation.kind()) {
      case SearchHandler.KIND ->
          link(request, "/availablePhoneNumbers/searchResults/", operation.input());
      case CapabilitiesHandler.KIND ->
          link(
              request,
              "/phoneNumbers/",
              CapabilitiesHandler.Change.parse(operation.input()).number());
      default -> null;
    };
  }

  private static URI link(ContainerRequestContext request, String path, String name) {
    return UriBuilder.fromUri(CallingResource.endpointOf(request))
        .path(path)
        .path(name)
        .queryParam(
            "api-version", request.getUriInfo().getQueryParameters().getFirst("api-version"))
        .build();
  }
}
