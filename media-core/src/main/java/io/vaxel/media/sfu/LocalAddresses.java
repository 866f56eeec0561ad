package io.vaxel.media.sfu;

import io.vaxel.media.stun.IceCandidate;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses that the server's SDP names as its ICE candidates. */
final class LocalAddresses {
  private static final Logger log = LoggerFactory.getLogger(LocalAddresses.class);

  /** Preferences count down from here in the order of the addresses (RFC 8445 section 5.1.2.1). */
  private static final int FIRST_PREFERENCE = 65_535;

  private LocalAddresses() {}

  /** The candidates of loop {@code index}, whose port is {@code port}. */
  static List<IceCandidate> candidates(SfuConfig config, int index, int port) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    if (!config.advertised().isEmpty()) {
      for (AdvertisedAddress advertised : config.advertised()) {
        int number = advertised.port() == 0 ? port : advertised.port() + index;
        addresses.add(new InetSocketAddress(advertised.address(), number));
      }
    } else if (!config.bind().isAnyLocalAddress()) {
      addresses.add(new InetSocketAddress(config.bind(), port));
    } else {
      for (InetAddress address : ofInterfaces()) {
        addresses.add(new InetSocketAddress(address, port));
      }
    }
    List<IceCandidate> candidates = new ArrayList<>();
    int preference = FIRST_PREFERENCE;
    for (InetSocketAddress address : addresses) {
      if (config.udp()) {
        candidates.add(IceCandidate.udpHost(address, preference));
      }
      if (config.tcp()) {
        candidates.add(IceCandidate.tcpPassiveHost(address, preference));
      }
      preference--;
    }
    return candidates;
  }

  /** IPv4 before IPv6, loopback last; link-local addresses mean nothing to others. */
  private static List<InetAddress> ofInterfaces() {
    List<InetAddress> four = new ArrayList<>();
    List<InetAddress> six = new ArrayList<>();
    try {
      for (NetworkInterface networkInterface : NetworkInterface.networkInterfaces().toList()) {
        if (!networkInterface.isUp() || networkInterface.isLoopback()) {
          continue;
        }
        for (InetAddress address : networkInterface.inetAddresses().toList()) {
          if (address instanceof Inet4Address) {
            four.add(address);
          } else if (!address.isLinkLocalAddress()) {
            six.add(address);
          }
        }
      }
    } catch (SocketException e) {
      log.warn("cannot list the network interfaces; only loopback callers reach media", e);
    }
    four.addAll(six);
    four.add(InetAddress.ofLiteral("127.0.0.1"));
    return four;
  }
}
