package io.vaxel.common.event;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Which addresses may be delivered to. Whoever may make a subscription could otherwise have the
 * server speak to what only the server reaches, such as the credentials service of a cloud.
 */
final class EndpointAddresses {
  private final boolean allowPrivate;

  /**
   * The rule.
   *
   * @param allowPrivate whether loopback and private networks are allowed
   */
  EndpointAddresses(boolean allowPrivate) {
    this.allowPrivate = allowPrivate;
  }

  /** Whether a host, as a URL writes it, is this machine by name or loopback address. */
  static boolean isThisMachine(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")
        || host.equals("[::1]");
  }

  /**
   * Looks a host up and checks every address it has. Blocks. The JDK keeps the answer for 30 s, so
   * a connection made at once goes to an address that was checked.
   *
   * @throws RefusedEndpointException when there is none, or one that is not allowed
   */
  void check(String host) throws RefusedEndpointException {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new RefusedEndpointException("the host name is not known");
    }
    for (InetAddress address : addresses) {
      if (!allowed(address)) {
        throw new RefusedEndpointException("the host has an address that is not delivered to");
      }
    }
  }

  /** Whether this address may be delivered to. */
  boolean allowed(InetAddress address) {
    if (address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || isMetadata(address)) {
      return false;
    }
    return allowPrivate
        || !(address.isLoopbackAddress()
            || address.isSiteLocalAddress()
            || isUniqueLocal(address)
            || isSharedSpace(address.getAddress()));
  }

  /** fd00:ec2::254, where one cloud keeps what others have at 169.254.169.254. */
  private static boolean isMetadata(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16
        && bytes[0] == (byte) 0xfd
        && bytes[1] == 0
        && bytes[2] == 0x0e
        && bytes[3] == (byte) 0xc2;
  }

  /** fc00::/7, RFC 4193. */
  private static boolean isUniqueLocal(InetAddress address) {
    return address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
  }

  /** 100.64.0.0/10, RFC 6598. */
  private static boolean isSharedSpace(byte[] bytes) {
    return bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
  }

  /** An endpoint that is not spoken to. The message goes to operators. */
  static final class RefusedEndpointException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedEndpointException(String message) {
      super(message, null, false, false);
    }
  }
}
