package io.vaxel.common.http;

import java.net.InetSocketAddress;

/**
 * What the front door knows of a request that Jakarta REST does not say, set as the request
 * property {@link #PROPERTY}.
 *
 * @param target the request target exactly as it was on the wire: path and query, nothing decoded
 * @param remoteAddress the caller's address
 * @param secure whether the request came over TLS
 * @param requestId what {@code x-ms-request-id} of the answer says
 */
public record RequestFacts(
    String target, InetSocketAddress remoteAddress, boolean secure, String requestId) {
  /** Name of the {@code ContainerRequestContext} property that holds a request's facts. */
  public static final String PROPERTY = "io.vaxel.common.http.RequestFacts";
}
