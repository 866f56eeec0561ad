package io.vaxel.common.tls;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The names and addresses by which clients may reach a server on this machine. */
public final class ServerNames {
  private static final String WILDCARD = "*.";
  private static final Pattern HOST_NAME =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*");

  private ServerNames() {}

  /**
   * localhost, loopback, the machine's name, the addresses of its interfaces, and these.
   *
   * @param advertised host names and IP address literals
   * @throws IllegalArgumentException when an advertised one is neither
   */
  public static Set<String> ofThisMachine(Collection<String> advertised) throws SocketException {
    Set<String> names = new LinkedHashSet<>();
    names.add("localhost");
    names.add("127.0.0.1");
    names.add("::1");
    try {
      String hostName = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      if (isAddress(hostName) || HOST_NAME.matcher(hostName).matches()) {
        names.add(normal(hostName));
      }
    } catch (UnknownHostException e) {
      // A machine whose name does not resolve is reached by address.
    }
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !(address instanceof Inet6Address && address.isLinkLocalAddress()))
        // Without the scope that Java adds to IPv6 addresses, which a certificate can't hold.
        .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
        .map(ServerNames::normal)
        .forEach(names::add);
    advertised.forEach(name -> names.add(normal(name)));
    return names;
  }

  /** Whether this is an IPv4 or IPv6 address literal, without a port. */
  public static boolean isAddress(String name) {
    return NetUtil.createInetAddressFromIpAddressString(name) != null;
  }

  /** What a certificate says for all names that are one label below a domain (RFC 6125). */
  public static String wildcard(String domain) {
    return WILDCARD + normal(domain);
  }

  /**
   * The one way to write a name or address, so that two can be compared.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static String normal(String name) {
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(name);
    if (address != null) {
      return NetUtil.toAddressString(address);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    String bare = lower.startsWith(WILDCARD) ? lower.substring(WILDCARD.length()) : lower;
    if (!HOST_NAME.matcher(bare).matches()) {
      throw new IllegalArgumentException("neither a host name nor an IP address: " + name);
    }
    return lower;
  }
}
