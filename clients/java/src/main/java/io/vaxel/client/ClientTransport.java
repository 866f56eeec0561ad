package io.vaxel.client;

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
import io.vaxel.media.transport.MediaLoop;
import io.vaxel.media.transport.Path;
import io.vaxel.media.transport.PathOwner;
import io.vaxel.media.transport.SecureSession;
import io.vaxel.media.transport.TimerWheel;
import io.vaxel.media.transport.UdpPath;
import io.vaxel.media.transport.UdpPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of one peer connection: a UDP port of its own, a controlling ICE agent, DTLS and
 * SRTP. Lives on its loop.
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
  private final UdpPort port;
  private final IceCredentials credentials;
  private final LocalTransport local;
  private final SecureSession secure;
  private final SecureRandom random = new SecureRandom();
  private final PacketBuffer request = PacketBuffer.allocate();
  private final StunMessage message = new StunMessage();
  private final IceTimer timer = new IceTimer();
  private final Map<IceCandidate, UdpPath> paths = new HashMap<>();
  private @Nullable IceControllingAgent ice;
  private @Nullable RemoteTransport remote;
  private @Nullable UdpPath selected;
  private boolean closed;

  /** Opens a port; must be called on the loop. */
  ClientTransport(ClientMedia media, Listener listener) throws IOException {
    this.loop = media.loop();
    this.listener = listener;
    this.port = UdpPort.bind(loop, new InetSocketAddress("0.0.0.0", 0), (path, packet) -> {});
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
    if (ice != null || closed) {
      return;
    }
    remote = remoteEnd;
    for (IceCandidate candidate : remoteEnd.candidates()) {
      InetSocketAddress address = candidate.socketAddress();
      if (candidate.transport() == IceCandidate.Transport.UDP
          && address != null
          && address.getAddress().getAddress().length == 4) {
        UdpPath path = port.pathTo(address);
        path.claim(this);
        paths.put(candidate, path);
      }
    }
    ice =
        new IceControllingAgent(
            credentials,
            remoteEnd.ice(),
            paths.keySet().stream().toList(),
            random,
            new StunWriter(),
            loop.nanoTime());
    drive();
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
      UdpPath path = paths.get(to);
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
    for (Map.Entry<IceCandidate, UdpPath> entry : paths.entrySet()) {
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
    return port.slot();
  }

  /** Encrypts and sends the RTP packet in {@code packet}. */
  void sendRtp(PacketBuffer packet) {
    UdpPath path = selected;
    if (path != null) {
      secure.protect(packet);
      port.commit(path);
    }
  }

  /** Encrypts and sends the RTCP packet in {@code packet}. */
  void sendRtcp(PacketBuffer packet) {
    UdpPath path = selected;
    if (path != null) {
      secure.protectRtcp(packet);
      port.commit(path);
    }
  }

  private final class Security implements SecureSession.Listener {
    @Override
    public void sendDtls(PacketBuffer packet) {
      UdpPath path = selected;
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
    paths.values().forEach(path -> path.release(this));
    port.close();
  }
}
