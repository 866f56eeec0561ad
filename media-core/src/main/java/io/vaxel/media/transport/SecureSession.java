package io.vaxel.media.transport;

import io.vaxel.media.dtls.DtlsAssociation;
import io.vaxel.media.dtls.DtlsFailure;
import io.vaxel.media.dtls.DtlsListener;
import io.vaxel.media.dtls.DtlsRole;
import io.vaxel.media.dtls.DtlsSrtpKeys;
import io.vaxel.media.dtls.Fingerprint;
import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.srtp.SrtpKeys;
import io.vaxel.media.srtp.SrtpProfile;
import io.vaxel.media.srtp.SrtpReceiver;
import io.vaxel.media.srtp.SrtpResult;
import io.vaxel.media.srtp.SrtpSender;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The encryption of one peer connection: a DTLS association that yields SRTP keys (RFC 5764), and
 * the SRTP contexts made from them. Knows no sockets and no ICE: whoever has a path feeds it and
 * sends what it says. Used on its loop's thread only.
 */
public final class SecureSession implements AutoCloseable {
  /** What its owner provides and is told, all on the loop. */
  public interface Listener {
    /** A DTLS datagram to send to the peer; {@code packet} is lent for the call. */
    void sendDtls(PacketBuffer packet);

    /** SRTP can flow in both directions. */
    void secured();

    /** DTLS failed or was ended by the peer; {@code reason} is for people. */
    void ended(String reason);
  }

  /**
   * SSRCs that a peer may use in the life of a connection: their replay state is never forgotten. A
   * camera that is switched off and on takes two each time.
   */
  private static final int MAX_REMOTE_STREAMS = 512;

  private final MediaLoop loop;
  private final MediaSecurity security;
  private final Listener listener;
  private final PacketBuffer outgoing = PacketBuffer.allocate();
  private @Nullable DtlsAssociation association;
  private @Nullable SrtpSender sender;
  private @Nullable SrtpReceiver receiver;
  private boolean closed;

  public SecureSession(MediaLoop loop, MediaSecurity security, Listener listener) {
    this.loop = loop;
    this.security = security;
    this.listener = listener;
  }

  /** Begins the handshake; nothing happens when it has begun. */
  public void start(DtlsRole role, Fingerprint remote) {
    if (association != null || closed) {
      return;
    }
    DtlsAssociation created =
        new DtlsAssociation(
            security.dtls(),
            role,
            security.identity(),
            remote,
            MediaSecurity.SRTP_PROFILES,
            this::sendFromHandshake,
            new OnLoop());
    association = created;
    created.start();
  }

  /** One DTLS datagram of the peer; dropped before {@link #start}. */
  public void receivedDtls(PacketBuffer packet) {
    if (association != null) {
      association.received(packet.bytes(), 0, packet.length());
    }
  }

  /** Whether SRTP contexts exist. */
  public boolean isSecured() {
    return sender != null;
  }

  /** Decrypts an RTP packet in place. */
  public SrtpResult unprotect(PacketBuffer packet) {
    return receiver == null ? SrtpResult.NOT_AUTHENTIC : receiver.unprotect(packet);
  }

  /** Decrypts an RTCP packet in place. */
  public SrtpResult unprotectRtcp(PacketBuffer packet) {
    return receiver == null ? SrtpResult.NOT_AUTHENTIC : receiver.unprotectRtcp(packet);
  }

  /** Encrypts an RTP packet in place; the session must be secured. */
  public void protect(PacketBuffer packet) {
    if (sender == null) {
      throw new IllegalStateException("not secured");
    }
    sender.protect(packet);
  }

  /** Encrypts an RTCP packet in place; the session must be secured. */
  public void protectRtcp(PacketBuffer packet) {
    if (sender == null) {
      throw new IllegalStateException("not secured");
    }
    sender.protectRtcp(packet);
  }

  /** From the handshake's thread: over to the loop, where paths and batches live. */
  private void sendFromHandshake(byte[] datagram, int offset, int length) {
    byte[] copy = Arrays.copyOfRange(datagram, offset, offset + length);
    loop.execute(
        () -> {
          // After close() this is close_notify, on a path that may still stand.
          outgoing.copyFrom(copy, 0, copy.length);
          listener.sendDtls(outgoing);
        });
  }

  private final class OnLoop implements DtlsListener {
    @Override
    public void connected(DtlsSrtpKeys keys) {
      loop.execute(() -> secure(keys));
    }

    @Override
    public void failed(DtlsFailure failure) {
      loop.execute(() -> end("DTLS " + failure.reason() + ": " + failure.detail()));
    }

    @Override
    public void closed() {
      loop.execute(() -> end("the peer ended DTLS"));
    }
  }

  private void secure(DtlsSrtpKeys keys) {
    if (closed) {
      return;
    }
    SrtpProfile profile = SrtpProfile.ofDtlsId(keys.profileId());
    if (profile == null) {
      throw new IllegalStateException("DTLS chose a profile that was not offered");
    }
    sender = security.srtp().sender(new SrtpKeys(profile, keys.localKey(), keys.localSalt()));
    receiver =
        security
            .srtp()
            .receiver(
                new SrtpKeys(profile, keys.remoteKey(), keys.remoteSalt()), MAX_REMOTE_STREAMS);
    listener.secured();
  }

  private void end(String reason) {
    if (!closed) {
      listener.ended(reason);
    }
  }

  /** Ends DTLS with close_notify and frees the SRTP contexts. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (association != null) {
      association.close();
    }
    if (sender != null) {
      sender.close();
      sender = null;
    }
    if (receiver != null) {
      receiver.close();
      receiver = null;
    }
  }
}
