package io.vaxel.common.http;

import java.net.InetSocketAddress;

/**
 * How the front door is opened.
 *
 * @param address where to listen; port 0 takes a free one
 * @param loops event loops, at least 1
 */
public record FrontDoorConfig(
    InetSocketAddress address, HttpLimits limits, CorsPolicy cors, int loops) {
  public FrontDoorConfig {
    if (loops < 1) {
      throw new IllegalArgumentException("at least one event loop, not " + loops);
    }
  }
}
