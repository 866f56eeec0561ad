package io.vaxel.media.dtls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSRequest;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DTLSVerifier;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One DTLS association with one peer: the handshake, the SRTP keys that it gives, and the wait for
 * its end (RFC 6347, RFC 5764).
 *
 * <p>The handshake runs on a virtual thread of its own; datagrams are handed to it by {@link
 * #received} and it sends through {@link DtlsOutput}. Afterwards the thread is parked until the
 * peer says something. Start it when ICE has verified the peer's address, not before.
 */
public final class DtlsAssociation implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DtlsAssociation.class);

  private final DtlsContext context;
  private final DtlsRole role;
  private final HandshakePolicy policy;
  private final DtlsOutput output;
  private final DtlsListener listener;
  private final DatagramQueue queue;
  private final DtlsFragmentFilter filter = new DtlsFragmentFilter();
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean established;

  /**
   * An association that does nothing before {@link #start()}.
   *
   * @param remote the fingerprint that signalling gave for the peer
   * @param srtpProfiles what may protect SRTP, in order of preference: constants of {@link
   *     DtlsSrtpKeys}
   * @throws IllegalArgumentException when there is no profile, or one that is unknown
   */
  public DtlsAssociation(
      DtlsContext context,
      DtlsRole role,
      DtlsIdentity identity,
      Fingerprint remote,
      int[] srtpProfiles,
      DtlsOutput output,
      DtlsListener listener) {
    if (srtpProfiles.length == 0) {
      throw new IllegalArgumentException("at least one SRTP profile is needed");
    }
    for (int profile : srtpProfiles) {
      DtlsSrtpKeys.requireKnown(profile);
    }
    this.context = context;
    this.role = role;
    this.policy =
        new HandshakePolicy(
            context.crypto(), context.settings(), role, identity, remote, srtpProfiles.clone());
    this.output = output;
    this.listener = listener;
    this.queue = new DatagramQueue(context.settings().queuedDatagrams());
  }

  /**
   * Begins the handshake; does nothing the second time, or after {@link #close()}. Any thread;
   * returns at once.
   */
  public void start() {
    if (queue.isClosed() || !started.compareAndSet(false, true)) {
      return;
    }
    context.run(context.beginHandshake() ? this::live : this::refuse);
  }

  /**
   * Takes a datagram from the peer: filtered, and copied for the association's thread. Called by
   * one thread at a time, normally the loop's; never waits. May be called before {@link #start()}.
   *
   * @param bytes read by index only
   * @return false when the datagram was dropped: by the filter, because too many wait, or because
   *     the association is over
   */
  public boolean received(ByteBuffer bytes, int offset, int length) {
    if (established) {
      filter.established();
    }
    if (!filter.admits(bytes, offset, length)) {
      context.countFiltered();
      return false;
    }
    byte[] datagram = new byte[length];
    bytes.get(offset, datagram);
    if (queue.offer(datagram)) {
      return true;
    }
    if (!queue.isClosed()) {
      context.countOverflowed();
    }
    return false;
  }

  /**
   * Ends the association: the peer is told, as far as it is known, and {@link
   * DtlsListener#closed()} follows. Any thread; returns at once; harmless when repeated.
   */
  @Override
  public void close() {
    queue.close();
  }

  private void refuse() {
    queue.close();
    tell(
        () ->
            listener.failed(
                new DtlsFailure(
                    DtlsFailure.Reason.BUSY, "as many handshakes as allowed are under way")));
  }

  private void live() {
    AssociationTransport transport =
        new AssociationTransport(role, queue, output, context.settings());
    DTLSTransport session;
    DtlsSrtpKeys keys;
    try {
      session = handshake(transport);
      keys = policy.takeKeys();
    } catch (IOException | RuntimeException e) {
      boolean closedHere = queue.isClosed();
      queue.close();
      tell(closedHere ? listener::closed : () -> listener.failed(failure(e)));
      return;
    }
    tell(() -> listener.connected(keys));
    awaitEnd(session);
    queue.close();
    tell(listener::closed);
  }

  private DTLSTransport handshake(AssociationTransport transport) throws IOException {
    try {
      DTLSTransport session = role == DtlsRole.CLIENT ? connect(transport) : accept(transport);
      established = true;
      transport.established();
      return session;
    } finally {
      context.endHandshake();
    }
  }

  private DTLSTransport connect(AssociationTransport transport) throws IOException {
    return new DTLSClientProtocol().connect(new DtlsClient(policy), transport);
  }

  private DTLSTransport accept(AssociationTransport transport) throws IOException {
    DTLSRequest request = context.settings().cookies() ? awaitCookie(transport) : null;
    return new DTLSServerProtocol().accept(new DtlsServer(policy), transport, request);
  }

  /** Answers hellos with a cookie until one brings it back; its key lives for this alone. */
  private DTLSRequest awaitCookie(AssociationTransport transport) throws IOException {
    DTLSVerifier verifier = new DTLSVerifier(context.crypto());
    byte[] datagram = new byte[transport.getReceiveLimit()];
    DTLSRequest request = null;
    while (request == null) {
      int length = transport.receive(datagram, 0, datagram.length, 0);
      if (length > 0) {
        request = verifier.verifyRequest(TlsUtils.EMPTY_BYTES, datagram, 0, length, transport);
      }
    }
    return request;
  }

  /**
   * Reads until the association is over. Repeated flights are answered by the library meanwhile;
   * application data has no reader yet and is dropped.
   */
  private static void awaitEnd(DTLSTransport session) {
    try {
      byte[] data = new byte[session.getReceiveLimit()];
      while (true) {
        session.receive(data, 0, data.length, 0);
      }
    } catch (IOException e) {
      log.trace("association over: {}", e.getMessage());
    } finally {
      try {
        session.close();
      } catch (IOException e) {
        log.trace("no goodbye: {}", e.getMessage());
      }
    }
  }

  private static DtlsFailure failure(Exception e) {
    return switch (e) {
      case DtlsRejection rejection -> rejection.failure();
      case TlsFatalAlertReceived received ->
          new DtlsFailure(
              DtlsFailure.Reason.PEER_ALERT,
              "the peer refused: " + AlertDescription.getText(received.getAlertDescription()));
      case TlsFatalAlert alert ->
          new DtlsFailure(
              DtlsFailure.Reason.PROTOCOL,
              "refused: " + AlertDescription.getText(alert.getAlertDescription()));
      default -> new DtlsFailure(DtlsFailure.Reason.PROTOCOL, "refused: " + e.getClass().getName());
    };
  }

  /** A listener's mistake must not leave the thread half way. */
  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      log.error("a DTLS listener failed", e);
    }
  }
}
