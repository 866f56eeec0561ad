package io.vaxel.media.transport;

import io.netty.channel.embedded.EmbeddedChannel;
import io.vaxel.media.dtls.DtlsContext;
import io.vaxel.media.dtls.DtlsIdentity;
import io.vaxel.media.dtls.DtlsSettings;
import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.srtp.SrtpEngines;
import io.vaxel.media.stun.IceCredentials;
import io.vaxel.media.stun.Stun;
import io.vaxel.media.stun.StunIntegrity;
import io.vaxel.media.stun.StunWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A transport of the server's without a socket: its peers come over embedded TCP channels. */
final class PeerTransportRig implements PeerTransport.Listener {
  private static final MediaSecurity SECURITY =
      new MediaSecurity(
          new DtlsContext(DtlsSettings.DEFAULTS), DtlsIdentity.generate(), SrtpEngines.best());

  private final MediaLoop loop = new MediaLoop("test", 1024, false);
  private final StunWriter writer = new StunWriter();
  final MediaPort port;
  final PeerTransport transport;

  private final List<EmbeddedChannel> channels = new ArrayList<>();

  /** What the transport has told its owner. */
  int told;

  PeerTransportRig() throws Exception {
    port = onLoop(() -> new MediaPort(loop, SECURITY, new InetSocketAddress(0), false, false));
    transport = onLoop(() -> port.open(this));
  }

  /** Runs {@code task} on the loop. */
  <T> T onLoop(Callable<T> task) throws Exception {
    try {
      return loop.eventLoop().submit(task).get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception exception ? exception : new IOException(e);
    }
  }

  /** A new connection; what it holds is released in the end. */
  EmbeddedChannel channel() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channels.add(channel);
    return channel;
  }

  /** A path from a peer's port {@code number}. */
  static TcpPath path(EmbeddedChannel channel, int number) {
    return new TcpPath(channel, new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
  }

  /** A nominating check for this transport, signed with {@code password}. */
  PacketBuffer check(String password) {
    return check(new IceCredentials(transport.localCredentials().ufrag(), password), true);
  }

  /** A check with these credentials of the server's, nominating its path or not. */
  PacketBuffer check(IceCredentials server, boolean nominating) {
    PacketBuffer packet = PacketBuffer.allocate();
    String name = server.ufrag() + ":peer";
    writer
        .begin(packet, Stun.BINDING_REQUEST, 1, 2)
        .attribute(Stun.USERNAME, name.getBytes(StandardCharsets.US_ASCII))
        .priority(1)
        .iceControlling(3);
    if (nominating) {
      writer.useCandidate();
    }
    writer.integrity(StunIntegrity.shortTerm(server.password())).fingerprint();
    return packet;
  }

  /** A right check, as any peer makes it. */
  PacketBuffer rightCheck() {
    return check(transport.localCredentials().password());
  }

  @Override
  public void connected() {
    told++;
  }

  @Override
  public void failed(String reason) {
    told++;
  }

  @Override
  public PacketBuffer rtp(PacketBuffer packet) {
    told++;
    return packet;
  }

  @Override
  public void rtcp(PacketBuffer packet) {
    told++;
  }

  void close() throws Exception {
    onLoop(
        () -> {
          port.close();
          channels.forEach(EmbeddedChannel::finishAndReleaseAll);
          return port;
        });
    loop.close();
  }
}
