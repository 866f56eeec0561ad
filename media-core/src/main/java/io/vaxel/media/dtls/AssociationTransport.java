package io.vaxel.media.dtls;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * The library's view of the network: datagrams from the association's queue, and records gathered
 * into as few datagrams as a flight needs, for each one less is one less to lose (RFC 6347 section
 * 4.1.1). Keeps the handshake's time limit. Used on the association's thread only.
 */
final class AssociationTransport implements DatagramTransport {
  private final DatagramQueue queue;
  private final DtlsOutput output;
  private final byte[] outgoing;
  private final long deadline;
  private int outgoingLength;
  private final @Nullable CipherChangeGuard guard;
  private boolean established;
  private boolean closed;

  /** Starts the clock of the handshake's time limit. */
  AssociationTransport(
      DtlsRole role, DatagramQueue queue, DtlsOutput output, DtlsSettings settings) {
    this.guard = role == DtlsRole.SERVER ? new CipherChangeGuard() : null;
    this.queue = queue;
    this.output = output;
    this.outgoing = new byte[settings.mtu()];
    this.deadline = System.nanoTime() + settings.handshakeLimit().toNanos();
  }

  @Override
  public int getReceiveLimit() {
    return DtlsFragmentFilter.MAX_DATAGRAM;
  }

  @Override
  public int getSendLimit() {
    return outgoing.length;
  }

  /**
   * The next datagram, or -1 when none came in time.
   *
   * @param waitMillis longest wait; zero waits for ever, as the library means it
   * @throws DtlsRejection when the handshake's time is over, or it was closed from either side
   * @throws InterruptedIOException when an established association was closed from either side
   */
  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis)
      throws DtlsRejection, InterruptedIOException {
    flush();
    checkOpen();
    byte[] datagram = queue.take(patience(waitMillis));
    if (datagram == null) {
      checkOpen();
      return -1;
    }
    if (guard != null && !established) {
      guard.inspect(datagram);
    }
    System.arraycopy(datagram, 0, buffer, offset, datagram.length);
    return datagram.length;
  }

  private void checkOpen() throws DtlsRejection, InterruptedIOException {
    boolean over = closed || queue.isClosed();
    if (established) {
      if (over) {
        throw new InterruptedIOException("closed");
      }
    } else if (over) {
      throw rejection(DtlsFailure.Reason.PEER_CLOSED, "closed during the handshake");
    } else if (deadline - System.nanoTime() <= 0) {
      throw rejection(DtlsFailure.Reason.TIMED_OUT, "the handshake took too long");
    }
  }

  private long patience(int waitMillis) {
    long wait = waitMillis == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(waitMillis);
    return established ? wait : Math.min(wait, deadline - System.nanoTime());
  }

  private static DtlsRejection rejection(DtlsFailure.Reason reason, String detail) {
    return new DtlsRejection(AlertDescription.user_canceled, reason, detail);
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    if (outgoingLength + length > outgoing.length) {
      flush();
    }
    System.arraycopy(buffer, offset, outgoing, outgoingLength, length);
    outgoingLength += length;
  }

  /** Sends what is gathered. */
  void flush() {
    if (outgoingLength > 0) {
      int length = outgoingLength;
      outgoingLength = 0;
      output.send(outgoing, 0, length);
    }
  }

  /** The handshake is complete: no time limit any more. */
  void established() {
    established = true;
    flush();
  }

  /** Called by the library after its last alert. */
  @Override
  public void close() {
    closed = true;
    flush();
  }
}
