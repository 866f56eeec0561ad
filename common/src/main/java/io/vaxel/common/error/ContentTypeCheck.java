package io.vaxel.common.error;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/**
 * Refuses a {@code Content-Type} that is none before Jersey trips over it: its own answer has no
 * body, and ours could not be written either as long as the header is there.
 */
@PreMatching
@Priority(0)
final class ContentTypeCheck implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    if (type == null) {
      return;
    }
    try {
      MediaType.valueOf(type);
    } catch (IllegalArgumentException e) {
      request.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
      throw new ApiException(
          400,
          ErrorResponses.BAD_REQUEST,
          "The Content-Type header is no media type.",
          HttpHeaders.CONTENT_TYPE);
    }
  }
}
