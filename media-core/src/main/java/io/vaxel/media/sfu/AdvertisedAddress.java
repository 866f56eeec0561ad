package io.vaxel.media.sfu;

import java.net.InetAddress;

/**
 * An address that clients reach the media ports by, when it is not the machine's own: the public
 * side of a NAT.
 *
 * @param address an IP address
 * @param port what stands for the first loop's port, the next loop's is one more; 0 for the ports
 *     themselves
 */
public record AdvertisedAddress(InetAddress address, int port) {
  public AdvertisedAddress {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535");
    }
  }

  /**
   * Reads {@code IP}, {@code IPv4:port} or {@code [IPv6]:port}.
   *
   * @throws IllegalArgumentException when {@code text} is none of these; names are not looked up
   */
  public static AdvertisedAddress parse(String text) {
    String host = text;
    int port = 0;
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    if (colon > 0 && (bracketed ? text.charAt(colon - 1) == ']' : text.indexOf(':') == colon)) {
      host = text.substring(0, colon);
      try {
        port = Integer.parseInt(text.substring(colon + 1));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("not a port number in " + text, e);
      }
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    // Short forms such as 10.1 are addresses to the library, and typing errors to us.
    if (!host.matches("[0-9]+([.][0-9]+){3}") && !host.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      throw new IllegalArgumentException("not an IP address: " + text);
    }
    try {
      return new AdvertisedAddress(InetAddress.ofLiteral(host), port);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an IP address or port: " + text, e);
    }
  }
}
