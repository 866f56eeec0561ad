package io.vaxel.server.call;

import io.vaxel.media.dtls.DtlsContext;
import io.vaxel.media.dtls.DtlsIdentity;
import io.vaxel.media.dtls.DtlsRole;
import io.vaxel.media.dtls.DtlsSettings;
import io.vaxel.media.dtls.Fingerprint;
import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.sdp.ClientNegotiation;
import io.vaxel.media.sdp.LocalTransport;
import io.vaxel.media.sdp.MediaKind;
import io.vaxel.media.sdp.Msid;
import io.vaxel.media.sdp.RemoteTransport;
import io.vaxel.media.sdp.ServerCodecs;
import io.vaxel.media.sdp.SessionDescription;
import io.vaxel.media.sdp.TrackOffer;
import io.vaxel.media.srtp.SrtpEngines;
import io.vaxel.media.stun.IceCandidate;
import io.vaxel.media.stun.IceControllingAgent;
import io.vaxel.media.stun.IceCredentials;
import io.vaxel.media.stun.StunMessage;
import io.vaxel.media.stun.StunWriter;
import io.vaxel.media.transport.MediaLoop;
import io.vaxel.media.transport.MediaSecurity;
import io.vaxel.media.transport.Path;
import io.vaxel.media.transport.PathOwner;
import io.vaxel.media.transport.SecureSession;
import io.vaxel.media.transport.UdpPath;
import io.vaxel.media.transport.UdpPort;
import io.vaxel.signaling.proto.Publish;
import io.vaxel.signaling.proto.PublishedTrack;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TrackKind;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A peer that publishes one audio track by hand, so that a test decides which datagrams leave, how
 * often, and from which address. Everything but the constructor runs on its loop.
 */
final class HostilePeer implements PathOwner, SecureSession.Listener, AutoCloseable {
  private static final int SSRC = 0x1234_5678;

  private final MediaLoop loop;
  private final DtlsIdentity identity = DtlsIdentity.generate();
  private final IceCredentials credentials = IceCredentials.random(new SecureRandom());
  private final UdpPort port;
  private final UdpPort otherPort;
  private final SecureSession secure;
  private final PacketBuffer buffer = PacketBuffer.allocate();
  private final StunMessage message = new StunMessage();
  private @Nullable SessionDescription offer;
  private @Nullable RemoteTransport remote;
  private @Nullable UdpPath path;
  private @Nullable IceControllingAgent ice;
  private @Nullable IceCandidate candidate;
  private int sequence = 100;

  /** The last STUN error code that came back, 0 for none. */
  volatile int stunError;

  volatile boolean secured;
  volatile String ended = "";

  HostilePeer(MediaLoop loop) throws IOException {
    this.loop = loop;
    this.port = bind(loop);
    this.otherPort = bind(loop);
    this.secure =
        new SecureSession(
            loop,
            new MediaSecurity(new DtlsContext(DtlsSettings.DEFAULTS), identity, SrtpEngines.best()),
            this);
  }

  private static UdpPort bind(MediaLoop loop) throws IOException {
    return UdpPort.bind(loop, new InetSocketAddress("0.0.0.0", 0), (path, packet) -> {});
  }

  Fingerprint fingerprint() {
    return identity.fingerprint();
  }

  /** An offer that claims {@code fingerprint}. */
  Publish publish(Fingerprint fingerprint) {
    TrackOffer track =
        new TrackOffer(
            "0",
            MediaKind.AUDIO,
            ServerCodecs.all(MediaKind.AUDIO),
            new TrackOffer.Source(SSRC, -1, "hostile", new Msid("stream", "track")));
    SessionDescription made =
        ClientNegotiation.publishOffer(
            "1", 1, List.of(track), LocalTransport.client(credentials, fingerprint));
    offer = made;
    return Publish.newBuilder()
        .setSdp(made.write())
        .addTracks(PublishedTrack.newBuilder().setMid("0").setKind(TrackKind.TRACK_KIND_AUDIO))
        .build();
  }

  /**
   * Begins connectivity checks after the server's answer.
   *
   * @param password what the checks are signed with; null for the right one
   */
  void connect(ServerMessage answer, @Nullable String password) throws Exception {
    SessionDescription made = offer;
    if (made == null) {
      throw new IllegalStateException("nothing was offered");
    }
    RemoteTransport end =
        ClientNegotiation.readPublishAnswer(
                made, SessionDescription.parse(answer.getPublishAnswer().getSdp()))
            .remote();
    if (end == null) {
      throw new IllegalStateException("the server refused the track");
    }
    remote = end;
    IceCandidate to =
        end.candidates().stream()
            .filter(each -> each.transport() == IceCandidate.Transport.UDP)
            .filter(each -> addressOf(each).getAddress() instanceof Inet4Address)
            .findFirst()
            .orElseThrow();
    candidate = to;
    UdpPath opened = port.pathTo(addressOf(to));
    opened.claim(this);
    path = opened;
    ice =
        new IceControllingAgent(
            credentials,
            new IceCredentials(
                end.ice().ufrag(), password == null ? end.ice().password() : password),
            List.of(to),
            new SecureRandom(),
            new StunWriter(),
            loop.nanoTime());
    check();
  }

  private static InetSocketAddress addressOf(IceCandidate candidate) {
    InetSocketAddress address = candidate.socketAddress();
    return address == null ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 9) : address;
  }

  /** Sends what checks are due. */
  void check() {
    IceControllingAgent agent = ice;
    UdpPath to = path;
    if (agent == null || to == null) {
      return;
    }
    while (agent.poll(loop.nanoTime(), buffer) != null) {
      to.send(buffer);
    }
  }

  /** A packet that says {@code text}, encrypted. */
  byte[] packet(String text) {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    var bytes = buffer.bytes();
    bytes.put(0, (byte) 0x80);
    bytes.put(1, (byte) ServerCodecs.all(MediaKind.AUDIO).getFirst().payloadType());
    bytes.putShort(2, (short) sequence);
    bytes.putInt(4, sequence * 960);
    bytes.putInt(8, SSRC);
    bytes.put(12, payload);
    buffer.length(12 + payload.length);
    sequence++;
    secure.protect(buffer);
    byte[] whole = new byte[buffer.length()];
    bytes.get(0, whole);
    return whole;
  }

  /** Sends a datagram as it is. */
  void send(byte[] datagram) {
    sendTo(path, datagram);
  }

  /** Sends a datagram from an address that has made no check. */
  void sendFromElsewhere(byte[] datagram) {
    UdpPath to = path;
    sendTo(to == null ? null : otherPort.pathTo(to.remoteAddress()), datagram);
  }

  private void sendTo(@Nullable UdpPath to, byte[] datagram) {
    if (to == null) {
      throw new IllegalStateException("not connected");
    }
    buffer.copyFrom(datagram, 0, datagram.length);
    to.send(buffer);
  }

  @Override
  public PacketBuffer received(Path from, PacketBuffer packet) {
    int first = packet.bytes().get(0) & 0xFF;
    IceControllingAgent agent = ice;
    RemoteTransport end = remote;
    if (first >= 20 && first <= 63) {
      secure.receivedDtls(packet);
    } else if (first < 4
        && agent != null
        && candidate != null
        && end != null
        && message.wrap(packet.bytes(), 0, packet.length())) {
      if (message.errorCode() > 0) {
        stunError = message.errorCode();
      }
      agent.receive(message, candidate, loop.nanoTime());
      if (agent.selected() != null) {
        secure.start(DtlsRole.CLIENT, end.fingerprint());
      }
    }
    return packet;
  }

  @Override
  public void sendDtls(PacketBuffer packet) {
    if (path != null) {
      path.send(packet);
    }
  }

  @Override
  public void secured() {
    secured = true;
  }

  @Override
  public void ended(String reason) {
    ended = reason;
  }

  @Override
  public void close() {
    secure.close();
    path = null;
    port.close();
    otherPort.close();
  }
}
