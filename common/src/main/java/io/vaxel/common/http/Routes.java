package io.vaxel.common.http;

import java.net.URI;
import java.util.List;
import org.glassfish.jersey.server.ResourceConfig;

/**
 * What is behind the front door.
 *
 * @param publicEndpoint the address that clients use, such as {@code https://host:8443/}: the base
 *     of every URI that Jakarta REST builds, because the Host header of some SDKs lacks the port
 * @param rest the Jakarta REST application; it gets every path that nothing else takes
 * @param webSockets told apart by path
 * @param pages folders of files under a prefix
 */
public record Routes(
    URI publicEndpoint,
    ResourceConfig rest,
    List<WebSocketEndpoint> webSockets,
    List<StaticContent> pages) {
  public Routes {
    webSockets = List.copyOf(webSockets);
    pages = List.copyOf(pages);
    if (!publicEndpoint.isAbsolute() || !"/".equals(publicEndpoint.getRawPath())) {
      throw new IllegalArgumentException(
          "the public endpoint is scheme://host[:port]/, not " + publicEndpoint);
    }
  }
}
