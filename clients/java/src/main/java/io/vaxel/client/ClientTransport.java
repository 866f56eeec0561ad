package io.vaxel.client;

import io.vaxel.media.dtls.DtlsRole;
import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.sdp.LocalTransport;
import io.vaxel.media.sdp.RemoteTransport;
import io.vaxel.media.sdp.Setup;
import io.vaxel.media.srtp.SrtpResult;
import io.vaxel.media.transport.MediaLoop;
import io.vaxel.media.transport.Path;
import io.vaxel.media.transport.SecureSession;
import io.vaxel.media.transport.TimerWheel;
import io.vaxel.media.transport.UdpPath;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of one peer connection: ICE, DTLS and SRTP. A restart of ICE opens a second
 * session beside the first, which goes on until the second has a path. Lives on its loop.
 */
final class ClientTransport implements AutoCloseable {
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

  /** How long the old session still receives what is on its way (RFC 8445 section 8.3.1). */
  private static final long LINGER_NANOS = 3_000_000_000L;

  private final ClientMedia media;
  private final MediaLoop loop;
  private final Listener listener;
  private final SecureSession secure;
  private final PacketBuffer overTcp = PacketBuffer.allocate();
  private final FromIce fromIce = new FromIce();
  private final Linger linger = new Linger();
  private LocalTransport local;
  private IceSession current;
  private @Nullable IceSession next;
  private @Nullable IceSession old;
  private @Nullable RemoteTransport remote;

  /** Why the current session is dead, while a restart may still bring another. */
  private @Nullable String lostBecause;

  private long restarts;
  private boolean closed;

  /** Opens a port; must be called on the loop. */
  ClientTransport(ClientMedia media, Listener listener) throws IOException {
    this.media = media;
    this.loop = media.loop();
    this.listener = listener;
    this.current = new IceSession(media, fromIce);
    this.local =
        LocalTransport.client(current.credentials(), media.security().identity().fingerprint());
    this.secure = new SecureSession(loop, media.security(), new Security());
  }

  /** Our end, as SDP tells it. */
  LocalTransport local() {
    return local;
  }

  MediaLoop loop() {
    return loop;
  }

  /** Restarts of ICE that have led to a new path. */
  long restarts() {
    return restarts;
  }

  /** Whether the server describes itself with other ICE credentials than before. */
  boolean isRestartedBy(RemoteTransport remoteEnd) {
    RemoteTransport before = remote;
    return before != null && !before.ice().equals(remoteEnd.ice());
  }

  /**
   * Begins a restart on a port of its own: {@link #local()} has new credentials, which the server
   * is to be told; {@link #start} goes on.
   */
  void restart() throws IOException {
    IceSession restarting = new IceSession(media, fromIce);
    if (next != null) {
      next.close();
    }
    next = restarting;
    local = local.withIce(restarting.credentials());
  }

  /** Begins to connect to the server's end; nothing happens when that has begun. */
  void start(RemoteTransport remoteEnd) {
    if (closed) {
      return;
    }
    remote = remoteEnd;
    IceSession restarting = next;
    (restarting == null ? current : restarting).start(remoteEnd);
  }

  private final class FromIce implements IceSession.Listener {
    @Override
    public void connected(IceSession session) {
      if (session.equals(next)) {
        if (old != null) {
          old.close();
        }
        old = current;
        current = session;
        next = null;
        lostBecause = null;
        restarts++;
        loop.schedule(linger, loop.nanoTime() + LINGER_NANOS);
      }
      RemoteTransport end = remote;
      if (end != null) {
        secure.start(
            end.setup() == Setup.ACTIVE ? DtlsRole.SERVER : DtlsRole.CLIENT, end.fingerprint());
      }
    }

    @Override
    public void failed(IceSession session, String reason) {
      if (session.equals(current) && next != null) {
        lostBecause = reason;
      } else if (session.equals(next)) {
        session.close();
        next = null;
        if (lostBecause != null) {
          fail(lostBecause);
        }
      } else if (session.equals(current)) {
        fail(reason);
      }
    }

    @Override
    public void received(PacketBuffer packet) {
      int first = packet.bytes().get(0) & 0xFF;
      if (first >= 128 && first <= 191) {
        receivedSrtp(packet);
      } else if (first >= 20 && first <= 63) {
        secure.receivedDtls(packet);
      }
    }
  }

  private final class Linger extends TimerWheel.Timer {
    @Override
    protected void expired(long nowNanos) {
      if (old != null) {
        old.close();
        old = null;
      }
    }
  }

  boolean isConnected() {
    return current.selected() != null && secure.isSecured();
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

  /** Memory for one packet; only while connected. */
  PacketBuffer beginSend() {
    if (current.selected() instanceof UdpPath udp) {
      return udp.port().slot();
    }
    overTcp.length(0);
    return overTcp;
  }

  /** Encrypts and sends the RTP packet in {@code packet}. */
  void sendRtp(PacketBuffer packet) {
    if (current.selected() != null) {
      secure.protect(packet);
      send(packet);
    }
  }

  /** Encrypts and sends the RTCP packet in {@code packet}. */
  void sendRtcp(PacketBuffer packet) {
    if (current.selected() != null) {
      secure.protectRtcp(packet);
      send(packet);
    }
  }

  private void send(PacketBuffer packet) {
    Path path = current.selected();
    if (path instanceof UdpPath udp) {
      udp.port().commit(udp);
    } else if (path != null) {
      path.send(packet);
    }
  }

  private final class Security implements SecureSession.Listener {
    @Override
    public void sendDtls(PacketBuffer packet) {
      Path path = current.selected();
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
    loop.cancel(linger);
    secure.close();
    current.close();
    if (next != null) {
      next.close();
    }
    if (old != null) {
      old.close();
    }
  }
}
