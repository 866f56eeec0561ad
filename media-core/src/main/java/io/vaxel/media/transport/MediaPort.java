package io.vaxel.media.transport;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.stun.IceCredentials;
import io.vaxel.media.stun.IceLiteAgent;
import io.vaxel.media.stun.StunMessage;
import io.vaxel.media.stun.StunWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The media port of one loop: UDP and ICE-TCP on the same number, shared by every peer connection
 * of the loop's calls. Finds the connection that a connectivity check is for by the fragment in it
 * (RFC 8445 section 7.3), and afterwards by the address. Used on its loop's thread only.
 */
public final class MediaPort implements AutoCloseable {
  /** How many numbers to try when any will do. */
  private static final int ATTEMPTS = 20;

  private final MediaLoop loop;
  private final MediaSecurity security;
  private final @Nullable UdpPort udp;
  private final int number;
  private @Nullable IceTcpPort tcp;
  private final Map<Long, PeerTransport> byFragment = new HashMap<>();
  private final Set<PeerTransport> transports = new HashSet<>();
  private final SecureRandom random = new SecureRandom();
  private final StunMessage message = new StunMessage();

  private final PacketBuffer scratch = PacketBuffer.allocate();
  private final StunWriter writer = new StunWriter();
  private long unknownFragments;

  /**
   * Opens the port; must be called on the loop.
   *
   * @param bind address and port number, 0 for any
   * @param useUdp whether UDP is spoken
   * @param useTcp whether ICE-TCP is spoken
   */
  public MediaPort(
      MediaLoop loop,
      MediaSecurity security,
      InetSocketAddress bind,
      boolean useUdp,
      boolean useTcp)
      throws IOException {
    this.loop = loop;
    this.security = security;
    UdpPort boundUdp;
    IceTcpPort boundTcp = null;
    int chosen;
    int attempt = 0;
    do {
      boundUdp = useUdp ? UdpPort.bind(loop, bind, this::stranger) : null;
      chosen = boundUdp == null ? bind.getPort() : boundUdp.localPort();
      if (!useTcp) {
        break;
      }
      try {
        boundTcp =
            new IceTcpPort(
                loop.eventLoop(), new InetSocketAddress(bind.getAddress(), chosen), new Tcp());
        chosen = boundTcp.localPort();
      } catch (IOException | RuntimeException e) {
        if (boundUdp != null) {
          boundUdp.close();
        }
        // A number that UDP has free may be taken for TCP; where any will do, another is tried.
        if (bind.getPort() != 0 || ++attempt == ATTEMPTS) {
          throw e;
        }
      }
    } while (boundTcp == null);
    this.udp = boundUdp;
    this.tcp = boundTcp;
    this.number = chosen;
  }

  MediaLoop loop() {
    return loop;
  }

  /** The port number. */
  public int number() {
    return number;
  }

  /** The UDP half, or null when it is off. */
  public @Nullable UdpPort udp() {
    return udp;
  }

  /** Opens the server's end of a new peer connection. */
  public PeerTransport open(PeerTransport.Listener listener) {
    PeerTransport transport = new PeerTransport(this, security, listener);
    transports.add(transport);
    return transport;
  }

  /** New credentials of our side, whose checks go to {@code owner}. */
  IceLiteAgent newAgent(PeerTransport owner) {
    IceCredentials credentials = IceCredentials.random(random);
    byFragment.put(IceCredentials.ufragKey(credentials.ufrag()), owner);
    return new IceLiteAgent(credentials, writer);
  }

  /** Memory for an answer that leaves at once. */
  PacketBuffer scratch() {
    return scratch;
  }

  private void stranger(UdpPath path, PacketBuffer packet) {
    receivedStun(path, packet);
  }

  /** A STUN message from any path: looked up by its fragment, whoever the path belongs to. */
  void receivedStun(Path path, PacketBuffer packet) {
    if (!message.wrap(packet.bytes(), 0, packet.length())) {
      return;
    }
    PeerTransport transport = byFragment.get(message.localUfragKey());
    if (transport == null) {
      unknownFragments++;
      return;
    }
    transport.check(path, message);
  }

  void claim(Path path, PeerTransport owner) {
    switch (path) {
      case UdpPath udpPath -> udpPath.claim(owner);
      case TcpPath tcpPath -> tcpPath.attach(owner);
      default -> throw new IllegalArgumentException("no path of this port: " + path);
    }
  }

  /** Checks with these credentials of ours are nobody's any more. */
  void forget(IceCredentials credentials) {
    byFragment.remove(IceCredentials.ufragKey(credentials.ufrag()));
  }

  void forget(PeerTransport transport) {
    transports.remove(transport);
  }

  /** Gives {@code path} up, unless somebody else has claimed it since. */
  void release(Path path, PeerTransport owner) {
    switch (path) {
      case UdpPath udpPath -> udpPath.release(owner);
      case TcpPath tcpPath -> {
        if (owner.equals(tcpPath.attachment())) {
          tcpPath.close();
        }
      }
      default -> throw new IllegalArgumentException("no path of this port: " + path);
    }
  }

  /** Peer connections that are open. */
  public int transports() {
    return transports.size();
  }

  /** ICE-TCP connections that are open, verified or not. */
  public int openTcpConnections() {
    return tcp == null ? 0 : tcp.openConnections();
  }

  /** Checks for a fragment that nobody has, or that is gone. */
  public long unknownFragments() {
    return unknownFragments;
  }

  private final class Tcp implements IceTcpPort.Listener {
    @Override
    public void received(TcpPath path, PacketBuffer packet) {
      if (path.attachment() instanceof PeerTransport transport) {
        receivedByOwner(transport, path, packet);
      } else {
        loop.runInBatch(() -> receivedStun(path, packet));
      }
    }

    /** Copies, since the owner may keep the buffer; dropped when no memory is left. */
    private void receivedByOwner(PeerTransport transport, TcpPath path, PacketBuffer packet) {
      PacketBuffer copy = loop.pool().take();
      if (copy == null) {
        return;
      }
      copy.copyFrom(packet);
      PacketBuffer returned = copy;
      loop.beginBatch();
      try {
        returned = transport.received(path, copy);
      } finally {
        // Only now has everybody who looks at the packet until the end of the batch seen it.
        loop.endBatch();
        loop.pool().release(returned);
      }
    }

    @Override
    public void closed(TcpPath path) {
      if (path.attachment() instanceof PeerTransport transport) {
        transport.pathClosed(path);
      }
    }
  }

  /** Closes every peer connection, then the port. */
  @Override
  public void close() {
    List.copyOf(transports).forEach(PeerTransport::close);
    if (tcp != null) {
      tcp.close();
    }
    if (udp != null) {
      udp.close();
    }
  }
}
