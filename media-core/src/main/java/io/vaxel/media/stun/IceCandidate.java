package io.vaxel.media.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An address at which a peer may be reached (RFC 8839 section 5.1).
 *
 * @param foundation 1 to 32 ice-chars; equal for candidates that stand or fall together
 * @param component 1, as RTCP is multiplexed everywhere
 * @param transport UDP or TCP
 * @param priority 1 to 2^31-1, higher is better
 * @param address an IP literal, or a name such as {@code uuid.local} that is not resolved
 * @param port 0 to 65535; 9 for an active TCP candidate
 * @param type where the address comes from
 * @param tcpType the connection's direction, for TCP only (RFC 6544 section 4.5)
 */
public record IceCandidate(
    String foundation,
    int component,
    Transport transport,
    long priority,
    String address,
    int port,
    Type type,
    @Nullable TcpType tcpType) {

  /** What carries the datagrams. */
  public enum Transport {
    UDP,
    TCP
  }

  /** Where a candidate comes from; the preference is RFC 8445 section 5.1.2.1's. */
  public enum Type {
    HOST(126),
    PRFLX(110),
    SRFLX(100),
    RELAY(0);

    private final int preference;

    Type(int preference) {
      this.preference = preference;
    }

    /** Lower-case, as SDP writes it. */
    public String sdpName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Who opens the connection (RFC 6544 section 4.5). */
  public enum TcpType {
    ACTIVE,
    PASSIVE,
    SO;

    /** Lower-case, as SDP writes it. */
    public String sdpName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A host candidate for UDP. */
  public static IceCandidate udpHost(InetSocketAddress address, int localPreference) {
    return host(address, Transport.UDP, localPreference, null);
  }

  /**
   * A host candidate that listens for ICE-TCP. Preferred less than any UDP one, since TCP delays
   * media behind a lost packet.
   */
  public static IceCandidate tcpPassiveHost(InetSocketAddress address, int localPreference) {
    return host(address, Transport.TCP, localPreference, TcpType.PASSIVE);
  }

  private static IceCandidate host(
      InetSocketAddress address,
      Transport transport,
      int localPreference,
      @Nullable TcpType tcpType) {
    String literal = address.getAddress().getHostAddress();
    int zone = literal.indexOf('%');
    String host = zone < 0 ? literal : literal.substring(0, zone);
    int typePreference =
        transport == Transport.UDP ? Type.HOST.preference : Type.HOST.preference - 36;
    return new IceCandidate(
        Integer.toUnsignedString((host + transport).hashCode()),
        1,
        transport,
        priority(typePreference, localPreference),
        host,
        address.getPort(),
        Type.HOST,
        tcpType);
  }

  /** The formula of RFC 8445 section 5.1.2.1 for component 1; local preference 0 to 65535. */
  private static long priority(int typePreference, int localPreference) {
    return (long) typePreference << 24 | (localPreference & 0xFFFF) << 8 | 255;
  }

  /** What a check claims as the priority of the path it finds (RFC 8445 section 7.1.1). */
  static long peerReflexivePriority() {
    return priority(Type.PRFLX.preference, 0xFFFF);
  }

  /** Where to send, or null when the address is a name, which we never resolve. */
  public @Nullable InetSocketAddress socketAddress() {
    try {
      return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
