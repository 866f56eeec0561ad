package io.vaxel.client;

import io.netty.util.concurrent.Future;
import io.vaxel.media.dtls.DtlsRole;
import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.sdp.LocalTransport;
import io.vaxel.media.sdp.RemoteTransport;
import io.vaxel.media.sdp.Setup;
import io.vaxel.media.srtp.SrtpResult;
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
import io.vaxel.media.transport.SecureSession;
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
 * The client's end of one peer connection: a UDP port of its own or a TCP connection, a controlling
 * ICE agent, DTLS and SRTP. Lives on its loop.
 */
final class ClientTransport implements PathOwner, AutoCloseable {
  /** Who is told what arrives, on the loop. */
  interface Listener {
    /** Media can flow. */
    void connected();

    /** The connection is lost; {@code reason} is for people. */
    void failed(String reason);

    /** One decrypted RTP packet, lent for the call. */
    void rtp(PacketBuffer packet);

    /** One decrypted RTCP compound packet, lent for the call. */
    void rtcp(PacketBuffer packet);
  }

  private final MediaLoop loop;
  private final Listener listener;

  /** Null when media goes over TCP. */
  private final @Nullable UdpPort port;

  private final IceCredentials credentials;
  private final LocalTransport local;
  private final SecureSession secure;
  private final SecureRandom random = new SecureRandom();
  private final PacketBuffer request = PacketBuffer.allocate();
  private final PacketBuffer overTcp = PacketBuffer.allocate();
  private final StunMessage message = new StunMessage();
  private final IceTimer timer = new IceTimer();
  private final Map<IceCandidate, Path> paths = new HashMap<>();
  private int connecting;
  private @Nullable IceControllingAgent ice;
  private @Nullable RemoteTransport remote;
  private @Nullable Path selected;
  private boolean closed;

  /** Opens a port; must be called on the loop. */
  ClientTransport(ClientMedia media, Listener listener) throws IOException {
    this.loop = media.loop();
    this.listener = listener;
    this.port =
        media.overTcp()
            ? null
            : UdpPort.bind(loop, new InetSocketAddress("0.0.0.0", 0), (path, packet) -> {});
    this.credentials = IceCredentials.random(random);
    this.local = LocalTransport.client(credentials, media.security().identity().fingerprint());
    this.secure = new SecureSession(loop, media.security(), new Security());
  }

  /** Our end, as SDP tells it. */
  LocalTransport local() {
    return local;
  }

  MediaLoop loop() {
    return loop;
  }

  /** Begins to connect; nothing happens when that has begun. */
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
      loop.runInBatch(() -> ClientTransport.this.received(path, packet));
    }

    @Override
    public void closed(TcpPath path) {
      if (paths.containsValue(path)) {
        loop.runInBatch(() -> fail("the TCP connection closed"));
      }
    }
  }

  boolean isConnected() {
    return selected != null && secure.isSecured();
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
    if (packet.length() == 0 || closed) {
      return packet;
    }
    int first = packet.bytes().get(0) & 0xFF;
    if (first >= 128 && first <= 191) {
      receivedSrtp(packet);
    } else if (first < 4) {
      receivedStun(path, packet);
    } else if (first >= 20 && first <= 63) {
      secure.receivedDtls(packet);
    }
    return packet;
  }

  private void receivedSrtp(PacketBuffer packet) {
    int type = packet.length() < 8 ? 0 : packet.bytes().get(1) & 0xFF;
    boolean control = type >= 192 && type <= 223;
    SrtpResult result = control ? secure.unprotectRtcp(packet) : secure.unprotect(packet);
    if (result == SrtpResult.OK) {
      if (control) {
        listener.rtcp(packet);
      } else {
        listener.rtp(packet);
      }
    }
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
    RemoteTransport end = remote;
    if (chosen != null && end != null) {
      selected = paths.get(chosen);
      secure.start(
          end.setup() == Setup.ACTIVE ? DtlsRole.SERVER : DtlsRole.CLIENT, end.fingerprint());
    }
    drive();
  }

  /** Memory for one packet; only while connected. */
  PacketBuffer beginSend() {
    UdpPort udp = port;
    if (udp != null) {
      return udp.slot();
    }
    overTcp.length(0);
    return overTcp;
  }

  /** Encrypts and sends the RTP packet in {@code packet}. */
  void sendRtp(PacketBuffer packet) {
    if (selected != null) {
      secure.protect(packet);
      send(packet);
    }
  }

  /** Encrypts and sends the RTCP packet in {@code packet}. */
  void sendRtcp(PacketBuffer packet) {
    if (selected != null) {
      secure.protectRtcp(packet);
      send(packet);
    }
  }

  private void send(PacketBuffer packet) {
    Path path = selected;
    if (path instanceof UdpPath udp) {
      udp.port().commit(udp);
    } else if (path != null) {
      path.send(packet);
    }
  }

  private final class Security implements SecureSession.Listener {
    @Override
    public void sendDtls(PacketBuffer packet) {
      Path path = selected;
      if (path != null && !closed) {
        path.send(packet);
      }
    }

    @Override
    public void secured() {
      listener.connected();
    }

    @Override
    public void ended(String reason) {
      fail(reason);
    }
  }

  private void fail(String reason) {
    if (!closed) {
      close();
      listener.failed(reason);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    loop.cancel(timer);
    secure.close();
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
