package io.vaxel.common.error;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/**
 * Says the code of an error in a header too. ACS documents it for rooms and SIP routing; elsewhere
 * it does no harm.
 */
final class ErrorCodeHeader implements ContainerResponseFilter {
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof ErrorBody body) {
      response.getHeaders().putSingle("x-ms-error-code", body.error().code());
    }
  }
}
