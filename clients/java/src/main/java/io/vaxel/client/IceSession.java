package io.vaxel.client;

import io.netty.util.concurrent.Future;
import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.sdp.RemoteTransport;
import io.vaxel.media.stun.IceCandidate;
import io.vaxel.media.stun.IceControllingAgent;
import io.vaxel.media.stun.IceCredentials;
import io.vaxel.media.stun.StunMessage;
import io.vaxel.media.stun.StunWriter;
import io.vaxel.media.transport.IceTcpClient;
import io.vaxel.media.transport.IceTcpPort;
import io.vaxel.media.transport.MediaLoop;
import io.vaxel.media.transport.Path;
import io.vaxel.media.transport.PathOwner;
import io.vaxel.media.transport.TcpPath;
import io.vaxel.media.transport.TimerWheel;
import io.vaxel.media.transport.UdpPath;
import io.vaxel.media.transport.UdpPort;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One session of ICE of a client: a UDP port of its own or a TCP connection, the checks on the
 * server's candidates, and the path that comes of them. A restart is another session. Lives on the
 * media loop.
 */
final class IceSession implements PathOwner, AutoCloseable {
  /** Who is told, on the loop. */
  interface Listener {
    /** The server answers on {@link #selected()}. */
    void connected(IceSession session);

    /** No path works, or none does any more; {@code reason} is for people. */
    void failed(IceSession session, String reason);

    /** A datagram that is not ICE's, lent for the call. */
    void received(PacketBuffer packet);
  }

  private final MediaLoop loop;
  private final Listener listener;

  /** Null when media goes over TCP. */
  private final @Nullable UdpPort port;

  private final SecureRandom random = new SecureRandom();
  private final IceCredentials credentials = IceCredentials.random(random);
  private final PacketBuffer request = PacketBuffer.allocate();
  private final StunMessage message = new StunMessage();
  private final IceTimer timer = new IceTimer();
  private final Map<IceCandidate, Path> paths = new HashMap<>();
  private int connecting;
  private @Nullable RemoteTransport remote;
  private @Nullable IceControllingAgent ice;
  private @Nullable Path selected;
  private boolean closed;

  /** Opens a port; must be called on the loop. */
  IceSession(ClientMedia media, Listener listener) throws IOException {
    this.loop = media.loop();
    this.listener = listener;
    this.port =
        media.overTcp()
            ? null
            : UdpPort.bind(loop, new InetSocketAddress("0.0.0.0", 0), (path, packet) -> {});
  }

  /** Our side's, for the SDP. */
  IceCredentials credentials() {
    return credentials;
  }

  /** The path in use, or null before the server has answered. */
  @Nullable Path selected() {
    return selected;
  }

  /** Begins the checks; nothing happens when they have begun. */
  void start(RemoteTransport remoteEnd) {
    if (remote != null || closed) {
      return;
    }
    remote = remoteEnd;
    UdpPort udp = port;
    List<IceCandidate> candidates = candidates(remoteEnd);
    if (udp == null) {
      connecting = candidates.size();
      candidates.forEach(this::connect);
      if (candidates.isEmpty()) {
        fail("the server offers no ICE-TCP");
      }
      return;
    }
    for (IceCandidate candidate : candidates) {
      UdpPath path = udp.pathTo(address(candidate));
      path.claim(this);
      paths.put(candidate, path);
    }
    check(remoteEnd);
  }

  /** What can be reached from here: IPv4, over the transport that was chosen. */
  private List<IceCandidate> candidates(RemoteTransport remoteEnd) {
    IceCandidate.Transport wanted =
        port == null ? IceCandidate.Transport.TCP : IceCandidate.Transport.UDP;
    return remoteEnd.candidates().stream()
        .filter(candidate -> candidate.transport() == wanted)
        .filter(candidate -> candidate.socketAddress() != null)
        .filter(candidate -> address(candidate).getAddress() instanceof Inet4Address)
        .toList();
  }

  private static InetSocketAddress address(IceCandidate candidate) {
    InetSocketAddress address = candidate.socketAddress();
    if (address == null) {
      throw new IllegalArgumentException("a name instead of an address in " + candidate);
    }
    return address;
  }

  /** Opens a TCP connection; the first that opens is used, others are closed again. */
  private void connect(IceCandidate candidate) {
    IceTcpClient.connect(loop.eventLoop(), address(candidate), new OverTcp())
        .addListener(
            (Future<TcpPath> opened) ->
                loop.runInBatch(
                    () -> connected(candidate, opened.isSuccess() ? opened.getNow() : null)));
  }

  private void connected(IceCandidate candidate, @Nullable TcpPath path) {
    connecting--;
    RemoteTransport end = remote;
    if (path == null || end == null) {
      if (connecting == 0 && paths.isEmpty()) {
        fail("no TCP connection opened");
      }
    } else if (closed || !paths.isEmpty()) {
      path.close();
    } else {
      paths.put(candidate, path);
      check(end);
    }
  }

  private void check(RemoteTransport end) {
    ice =
        new IceControllingAgent(
            credentials,
            end.ice(),
            List.copyOf(paths.keySet()),
            random,
            new StunWriter(),
            loop.nanoTime());
    drive();
  }

  private final class OverTcp implements IceTcpPort.Listener {
    @Override
    public void received(TcpPath path, PacketBuffer packet) {
      // What arrives is lent; nobody here keeps it.
      loop.runInBatch(() -> IceSession.this.received(path, packet));
    }

    @Override
    public void closed(TcpPath path) {
      if (paths.containsValue(path)) {
        loop.runInBatch(() -> fail("the TCP connection closed"));
      }
    }
  }

  private void drive() {
    IceControllingAgent agent = ice;
    if (agent == null || closed) {
      return;
    }
    long now = loop.nanoTime();
    for (IceCandidate to = agent.poll(now, request); to != null; to = agent.poll(now, request)) {
      Path path = paths.get(to);
      if (path != null) {
        path.send(request);
      }
    }
    if (agent.state() == IceControllingAgent.State.FAILED) {
      fail("ICE failed");
      return;
    }
    loop.schedule(timer, agent.nextPollNanos(now));
  }

  private final class IceTimer extends TimerWheel.Timer {
    @Override
    protected void expired(long nowNanos) {
      drive();
    }
  }

  @Override
  public PacketBuffer received(Path path, PacketBuffer packet) {
    if (packet.length() > 0 && !closed) {
      if ((packet.bytes().get(0) & 0xFF) < 4) {
        receivedStun(path, packet);
      } else {
        listener.received(packet);
      }
    }
    return packet;
  }

  private void receivedStun(Path path, PacketBuffer packet) {
    IceControllingAgent agent = ice;
    if (agent == null || !message.wrap(packet.bytes(), 0, packet.length())) {
      return;
    }
    for (Map.Entry<IceCandidate, Path> entry : paths.entrySet()) {
      if (entry.getValue().equals(path)) {
        agent.receive(message, entry.getKey(), loop.nanoTime());
      }
    }
    IceCandidate chosen = agent.selected();
    if (chosen != null && selected == null) {
      selected = paths.get(chosen);
      listener.connected(this);
    }
    drive();
  }

  private void fail(String reason) {
    if (!closed) {
      listener.failed(this, reason);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    loop.cancel(timer);
    List<Path> open = List.copyOf(paths.values());
    paths.clear();
    for (Path path : open) {
      switch (path) {
        case UdpPath udp -> udp.release(this);
        case TcpPath tcp -> tcp.close();
        default -> throw new IllegalStateException("no path of ours: " + path);
      }
    }
    if (port != null) {
      port.close();
    }
  }
}
