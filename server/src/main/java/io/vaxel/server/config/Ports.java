package io.vaxel.server.config;

/** Port numbers in settings. */
final class Ports {
  private Ports() {}

  /**
   * Checks a port to listen on, 0 for a free one.
   *
   * @throws IllegalArgumentException when it is none
   */
  static void check(int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
  }
}
