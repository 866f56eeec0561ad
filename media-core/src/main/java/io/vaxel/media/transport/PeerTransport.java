package io.vaxel.media.transport;

import io.vaxel.media.dtls.DtlsRole;
import io.vaxel.media.dtls.Fingerprint;
import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.srtp.SrtpResult;
import io.vaxel.media.stun.IceCredentials;
import io.vaxel.media.stun.StunMessage;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of one peer connection's transport: ICE-lite, DTLS and SRTP over one path that
 * the peer nominates and may move (RFC 8445, RFC 5764, RFC 7983). Lives on one loop.
 */
public final class PeerTransport implements PathOwner, AutoCloseable {
  /** Who is told what arrives, on the loop. */
  public interface Listener {
    /** Media can flow. */
    void connected();

    /** Media can flow again, after there was no path for a while. */
    default void resumed() {}

    /** Consent expired, DTLS failed or ended, or nothing ever arrived. The transport is closed. */
    void failed(String reason);

    /**
     * One decrypted RTP packet.
     *
     * @return the buffer to receive later datagrams in: {@code packet} itself, or another one from
     *     the loop's pool when {@code packet} is kept
     */
    PacketBuffer rtp(PacketBuffer packet);

    /** One decrypted RTCP compound packet, lent for the call. */
    void rtcp(PacketBuffer packet);
  }

  /** How long a peer may take from the exchange of SDP to its first media key. */
  private static final long CONNECT_NANOS = 30_000_000_000L;

  private static final long CHECK_NANOS = 1_000_000_000L;

  private final MediaPort port;
  private final MediaLoop loop;
  private final Listener listener;
  private final IceSessions ice;
  private final SecureSession secure;
  private final ConsentTimer consent = new ConsentTimer();
  private final TransportCounters counters = new TransportCounters();
  private @Nullable DtlsRole role;
  private @Nullable Fingerprint remoteFingerprint;
  private long connectDeadline;
  private boolean closed;

  PeerTransport(MediaPort port, MediaSecurity security, Listener listener) {
    this.port = port;
    this.loop = port.loop();
    this.ice = new IceSessions(port, this);
    this.listener = listener;
    this.secure = new SecureSession(loop, security, new Security());
    this.connectDeadline = loop.nanoTime() + CONNECT_NANOS;
    loop.schedule(consent, connectDeadline);
  }

  /** Our fragment and password, for the SDP; new ones after {@link #restartIce()}. */
  public IceCredentials localCredentials() {
    return ice.localCredentials();
  }

  /**
   * Tells what the peer's SDP says. The handshake begins as soon as a path is known too.
   *
   * @param dtlsRole our role
   */
  public void setRemote(String remoteUfrag, Fingerprint fingerprint, DtlsRole dtlsRole) {
    ice.remoteUfrag(remoteUfrag);
    remoteFingerprint = fingerprint;
    role = dtlsRole;
    startSecurity();
  }

  /**
   * Begins an ICE restart (RFC 8445 section 2.4), for the next description of ours. DTLS, SRTP and
   * the path in use stay as they are until the peer nominates a path by the new credentials.
   *
   * @return the new credentials of our side
   */
  public IceCredentials restartIce() {
    return ice.restart(loop.nanoTime());
  }

  /** The peer's new fragment, in its description that belongs to {@link #restartIce()}. */
  public void setRestarted(String remoteUfrag) {
    ice.remoteUfrag(remoteUfrag);
  }

  /** Whether media can flow. */
  public boolean isConnected() {
    return ice.selected() != null && secure.isSecured();
  }

  /** The path in use, or null while there is none. */
  public @Nullable Path selectedPath() {
    return ice.selected();
  }

  /** ICE restarts that have led to a new path. */
  public long iceRestarts() {
    return ice.restarts();
  }

  public TransportCounters counters() {
    return counters;
  }

  public MediaLoop loop() {
    return loop;
  }

  /** A check for our fragment, from a path that may be new; the caller has parsed it. */
  void check(Path path, StunMessage request) {
    if (closed) {
      return;
    }
    PacketBuffer response = port.scratch();
    long restartsBefore = ice.restarts();
    boolean hadPath = ice.selected() != null;
    boolean right = ice.check(path, request, response, loop.nanoTime());
    if (response.length() > 0) {
      path.send(response);
    }
    if (!right) {
      return;
    }
    if (ice.restarts() != restartsBefore) {
      loop.schedule(consent, loop.nanoTime() + CHECK_NANOS); // which sweeps the old paths too
    }
    startSecurity();
    if (!hadPath && secure.isSecured()) {
      listener.resumed();
    }
  }

  /** A TCP connection of this peer went away. */
  void pathClosed(Path path) {
    ice.closed(path);
  }

  private void startSecurity() {
    if (ice.selected() != null && role != null && remoteFingerprint != null) {
      secure.start(role, remoteFingerprint);
    }
  }

  @Override
  public PacketBuffer received(Path path, PacketBuffer packet) {
    if (packet.length() == 0) {
      return packet;
    }
    int first = packet.bytes().get(0) & 0xFF;
    if (first >= 128 && first <= 191) {
      return receivedSrtp(packet);
    }
    if (first < 4) {
      port.receivedStun(path, packet);
    } else if (first >= 20 && first <= 63) {
      secure.receivedDtls(packet);
    } else {
      counters.malformed++;
    }
    return packet;
  }

  private PacketBuffer receivedSrtp(PacketBuffer packet) {
    if (packet.length() < 8) {
      counters.malformed++;
      return packet;
    }
    int type = packet.bytes().get(1) & 0xFF;
    boolean control = type >= 192 && type <= 223; // RFC 5761 section 4
    int length = packet.length();
    SrtpResult result = control ? secure.unprotectRtcp(packet) : secure.unprotect(packet);
    if (result != SrtpResult.OK) {
      counters.refused(result);
      return packet;
    }
    counters.packetsReceived++;
    counters.bytesReceived += length;
    if (control) {
      listener.rtcp(packet);
      return packet;
    }
    return listener.rtp(packet);
  }

  /**
   * Memory for one packet to this peer: fill it and call {@link #sendRtp} or {@link #sendRtcp}.
   * Only while {@link #isConnected()}.
   */
  public PacketBuffer beginSend() {
    if (ice.selected() instanceof UdpPath udp) {
      return udp.port().slot();
    }
    PacketBuffer scratch = port.scratch();
    scratch.length(0);
    return scratch;
  }

  /** Encrypts and sends the RTP packet in {@code packet}, which came from {@link #beginSend}. */
  public void sendRtp(PacketBuffer packet) {
    secure.protect(packet);
    send(packet);
  }

  /** Encrypts and sends the RTCP packet in {@code packet}, which came from {@link #beginSend}. */
  public void sendRtcp(PacketBuffer packet) {
    secure.protectRtcp(packet);
    send(packet);
  }

  private void send(PacketBuffer packet) {
    Path path = ice.selected();
    counters.packetsSent++;
    counters.bytesSent += packet.length();
    if (path instanceof UdpPath udp) {
      udp.port().commit(udp);
    } else if (path != null) {
      path.send(packet);
    }
  }

  private final class Security implements SecureSession.Listener {
    @Override
    public void sendDtls(PacketBuffer packet) {
      Path path = ice.selected();
      if (path != null) {
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

  /** Looks once a second whether the peer still wants to hear from us. */
  private final class ConsentTimer extends TimerWheel.Timer {
    @Override
    protected void expired(long nowNanos) {
      if (closed) {
        return;
      }
      ice.sweep(nowNanos);
      if (!secure.isSecured() && nowNanos >= connectDeadline) {
        fail(ice.isConnected() ? "DTLS did not finish in time" : "no connectivity check arrived");
      } else if (ice.consentExpired(nowNanos)) {
        fail("consent expired (RFC 7675)");
      } else {
        loop.schedule(this, nowNanos + CHECK_NANOS);
      }
    }
  }

  private void fail(String reason) {
    if (!closed) {
      close();
      listener.failed(reason);
    }
  }

  /** Ends DTLS, forgets the paths and the fragment; nothing is delivered afterwards. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    secure.close();
    loop.cancel(consent);
    ice.close();
    port.forget(this);
  }
}
