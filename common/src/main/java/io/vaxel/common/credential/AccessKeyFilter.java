package io.vaxel.common.credential;

import io.vaxel.common.error.ApiException;
import io.vaxel.common.http.RequestFacts;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Lets in what an access key signed, and tells the resource which one it was ({@link
 * CallingResource}). The body is read only once the signature holds, and only up to a limit.
 */
@ResourceCredential
@Priority(Priorities.AUTHENTICATION)
public final class AccessKeyFilter implements ContainerRequestFilter {
  private final HmacVerifier verifier;
  private final ResourceKeys keys;
  private final int maxBodyBytes;

  /**
   * @param verifier checks signatures
   * @param keys the keys in force
   * @param maxBodyBytes longest body in bytes; a longer one gets 413
   */
  public AccessKeyFilter(HmacVerifier verifier, ResourceKeys keys, int maxBodyBytes) {
    this.verifier = verifier;
    this.keys = keys;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    SignedRequest signed = signed(request);
    try {
      ResourceKey key = verifier.verify(signed, keys.inForce());
      byte[] body = request.getEntityStream().readNBytes(maxBodyBytes + 1);
      if (body.length > maxBodyBytes) {
        throw new ApiException(
            413, "RequestBodyTooLarge", "The body is longer than " + maxBodyBytes + " bytes.");
      }
      HmacVerifier.requireContent(signed, body);
      request.setEntityStream(new ByteArrayInputStream(body));
      CallingResource.set(request, key.resourceId(), verifier.publicEndpoint());
    } catch (DeniedException e) {
      throw new ApiException(401, "Denied", String.valueOf(e.getMessage()))
          .withHeader(HttpHeaders.WWW_AUTHENTICATE, "HMAC-SHA256");
    }
  }

  private static SignedRequest signed(ContainerRequestContext request) {
    if (!(request.getProperty(RequestFacts.PROPERTY) instanceof RequestFacts facts)) {
      throw new IllegalStateException("The front door did not set the facts of the request");
    }
    return new SignedRequest(
        request.getMethod(),
        facts.target(),
        request.getHeaderString(HttpHeaders.HOST),
        request.getHeaderString("x-ms-host"),
        request.getHeaderString("x-ms-date"),
        request.getHeaderString("x-ms-content-sha256"),
        request.getHeaderString(HttpHeaders.AUTHORIZATION));
  }
}
