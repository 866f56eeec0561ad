package io.vaxel.common.credential;

import io.vaxel.common.error.ApiException;
import io.vaxel.common.http.RequestFacts;
import io.vaxel.common.oidc.IssuerUnavailableException;
import io.vaxel.common.token.InvalidTokenException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lets in what an access key signed, and who holds a bearer with a data role, and tells the REST
 * resource which communication resource that opens ({@link CallingResource}). The credential alone
 * decides which one it is; where several share a host, an id in the path and the caller's last
 * success only say which keys are tried first. A signed body is read only once the signature holds,
 * and only up to a limit.
 */
@ResourceCredential
@Priority(Priorities.AUTHENTICATION)
public final class ResourceCredentialFilter implements ContainerRequestFilter {
  private static final Pattern GUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final HmacVerifier verifier;
  private final Bearers bearers;
  private final ReachableResources resources;
  private final Callers callers;
  private final int maxBodyBytes;

  /**
   * @param verifier checks signatures
   * @param bearers checks bearers
   * @param resources the resources and their keys in force
   * @param failuresPerMinute failed credentials that a remote address may send; then 429
   * @param maxBodyBytes longest signed body in bytes; a longer one gets 413
   */
  public ResourceCredentialFilter(
      HmacVerifier verifier,
      Bearers bearers,
      ReachableResources resources,
      int failuresPerMinute,
      int maxBodyBytes,
      InstantSource clock) {
    this.verifier = verifier;
    this.bearers = bearers;
    this.resources = resources;
    this.callers = new Callers(failuresPerMinute, clock);
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    Optional<String> token =
        authorization == null ? Optional.empty() : Bearers.tokenOf(authorization);
    ReachedResource reached =
        token.isPresent() ? byBearer(request, token.get()) : bySignature(request);
    CallingResource.set(request, reached.id(), reached.endpoint());
  }

  private ReachedResource byBearer(ContainerRequestContext request, String token) {
    InetAddress caller = facts(request).remoteAddress().getAddress();
    if (!callers.mayFail(caller)) {
      throw tooManyFailures();
    }
    Bearer bearer;
    try {
      bearer = bearers.verify(token);
    } catch (InvalidTokenException e) {
      callers.failed(caller);
      throw new ApiException(401, "Unauthorized", String.valueOf(e.getMessage()))
          .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    } catch (IssuerUnavailableException e) {
      throw Bearers.cannotBeChecked();
    }
    if (!bearer.mayUseData()) {
      throw new ApiException(403, "Forbidden", "The bearer does not have the data role.");
    }
    return resources
        .at(host(request), bearer.resource())
        .orElseThrow(
            () ->
                new ApiException(
                    403, "Forbidden", "The bearer's issuer opens no resource on this host."));
  }

  private ReachedResource bySignature(ContainerRequestContext request) throws IOException {
    SignedRequest signed = signed(request);
    try {
      ReachedResource signer = signer(request, signed);
      if (!signer.keysAllowed()) {
        throw new DeniedException(
            "Access keys are disabled for this resource (disableLocalAuth); send a bearer.");
      }
      byte[] body = request.getEntityStream().readNBytes(maxBodyBytes + 1);
      if (body.length > maxBodyBytes) {
        throw new ApiException(
            413, "RequestBodyTooLarge", "The body is longer than " + maxBodyBytes + " bytes.");
      }
      HmacVerifier.requireContent(signed, body);
      request.setEntityStream(new ByteArrayInputStream(body));
      return signer;
    } catch (DeniedException e) {
      throw new ApiException(401, "Denied", String.valueOf(e.getMessage()))
          .withHeader(HttpHeaders.WWW_AUTHENTICATE, "HMAC-SHA256");
    }
  }

  /** Who failed too often may still use the key that was right last: others share the address. */
  private ReachedResource signer(ContainerRequestContext request, SignedRequest signed)
      throws DeniedException {
    String host = host(request);
    InetAddress caller = facts(request).remoteAddress().getAddress();
    List<ReachedResource> first =
        Stream.concat(mentioned(signed.target()).stream(), callers.lastMatch(caller).stream())
            .distinct()
            .flatMap(id -> resources.at(host, id).stream())
            .toList();
    Optional<ReachedResource> signer = verifier.signer(signed, first);
    if (signer.isEmpty()) {
      if (!callers.mayFail(caller)) {
        throw tooManyFailures();
      }
      signer = verifier.signer(signed, resources.at(host));
    }
    if (signer.isEmpty()) {
      callers.failed(caller);
      throw new DeniedException("The signature does not match the request and any access key.");
    }
    callers.matched(caller, signer.get().id());
    return signer.get();
  }

  /** Ids of users and the like begin with the id of their resource. */
  private static Optional<UUID> mentioned(String target) {
    Matcher guid = GUID.matcher(target);
    return guid.find() ? Optional.of(UUID.fromString(guid.group())) : Optional.empty();
  }

  private static ApiException tooManyFailures() {
    return new ApiException(
            429, "TooManyRequests", "Too many credentials from this address have failed.")
        .withHeader(HttpHeaders.RETRY_AFTER, "60");
  }

  private static String host(ContainerRequestContext request) {
    String host = request.getHeaderString(HttpHeaders.HOST);
    return host == null ? "" : host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
  }

  private static SignedRequest signed(ContainerRequestContext request) {
    return new SignedRequest(
        request.getMethod(),
        facts(request).target(),
        request.getHeaderString(HttpHeaders.HOST),
        request.getHeaderString("x-ms-host"),
        request.getHeaderString("x-ms-date"),
        request.getHeaderString("x-ms-content-sha256"),
        request.getHeaderString(HttpHeaders.AUTHORIZATION));
  }

  private static RequestFacts facts(ContainerRequestContext request) {
    if (request.getProperty(RequestFacts.PROPERTY) instanceof RequestFacts facts) {
      return facts;
    }
    throw new IllegalStateException("The front door did not set the facts of the request");
  }
}
