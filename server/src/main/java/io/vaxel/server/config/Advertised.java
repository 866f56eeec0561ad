package io.vaxel.server.config;

import io.vaxel.common.tls.ServerNames;

/**
 * A name or address that clients reach the server by: {@code calls.example.com}, {@code
 * 203.0.113.7}, {@code 203.0.113.7:10000}, {@code 2001:db8::7} or {@code [2001:db8::7]:10000}.
 *
 * @param host name or address literal, without brackets
 * @param port UDP port that leads to {@code media.port}, or 0 when it is the same
 */
public record Advertised(String host, int port) {
  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException when it is another form
   */
  public static Advertised parse(String text) {
    if (ServerNames.isAddress(text)) {
      return new Advertised(text, 0);
    }
    int colon = text.lastIndexOf(':');
    if (text.startsWith("[") && text.endsWith("]")) {
      return address(text, text.substring(1, text.length() - 1), 0);
    }
    if (colon < 0) {
      return new Advertised(ServerNames.normal(text), 0);
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return address(text, host, port(text, text.substring(colon + 1)));
  }

  private static Advertised address(String text, String host, int port) {
    if (!ServerNames.isAddress(host)) {
      throw new IllegalArgumentException(
          "advertise a host name, IP or IP:PORT; a port goes with an address only: " + text);
    }
    return new Advertised(host, port);
  }

  private static int port(String text, String digits) {
    int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("not a port number: " + text);
    }
    return port;
  }

  /** Whether it is an IP address. */
  public boolean isAddress() {
    return ServerNames.isAddress(host);
  }

  /** The host as URIs write it: an IPv6 address in brackets. */
  public String uriHost() {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  /** The written form. */
  @Override
  public String toString() {
    return port == 0 ? host : uriHost() + ":" + port;
  }
}
