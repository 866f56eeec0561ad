package io.vaxel.media.dtls;

import java.time.Duration;

/**
 * The limits of DTLS; {@link #DEFAULTS} suits a server.
 *
 * @param handshakeLimit time from start to the end of the handshake, after which it has failed;
 *     whole milliseconds
 * @param firstRetransmission wait before a flight is first repeated; doubles from there (RFC 6347
 *     section 4.2.4.1)
 * @param handshakesInFlight handshakes under way at once; one more is refused as {@link
 *     DtlsFailure.Reason#BUSY}
 * @param queuedDatagrams datagrams waiting for one association's thread; one more is dropped
 * @param mtu the longest datagram sent, in bytes
 * @param cookies whether a server asks for a cookie first (HelloVerifyRequest, RFC 6347 section
 *     4.2.1). It costs one more round trip, protects nothing where ICE has verified the address,
 *     and refuses a ClientHello that spans datagrams, as hellos with post-quantum key shares do.
 */
public record DtlsSettings(
    Duration handshakeLimit,
    Duration firstRetransmission,
    int handshakesInFlight,
    int queuedDatagrams,
    int mtu,
    boolean cookies) {
  /**
   * 10 s; 250 ms, as a conference is expected to start at once and RFC 6347's second is for lost
   * datagrams; 512 handshakes, each of which can hold some 400 kB in the worst case; 64 datagrams
   * of a flight; 1,200 bytes, which pass every path that carries WebRTC media; no cookies.
   */
  public static final DtlsSettings DEFAULTS =
      new DtlsSettings(Duration.ofSeconds(10), Duration.ofMillis(250), 512, 64, 1200, false);

  /** The least that a handshake can be cut into without drowning in headers. */
  private static final int LEAST_MTU = 128;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming what is out of range
   */
  public DtlsSettings {
    if (handshakeLimit.toMillis() < 1 || handshakeLimit.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("handshakeLimit must be 1 ms to 5 min");
    }
    if (firstRetransmission.toMillis() < 1
        || firstRetransmission.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("firstRetransmission must be 1 ms to 1 min");
    }
    if (handshakesInFlight < 1) {
      throw new IllegalArgumentException("handshakesInFlight must be positive");
    }
    if (queuedDatagrams < 1 || queuedDatagrams > 4096) {
      throw new IllegalArgumentException("queuedDatagrams must be 1 to 4096");
    }
    if (mtu < LEAST_MTU || mtu > DtlsFragmentFilter.MAX_DATAGRAM) {
      throw new IllegalArgumentException(
          "mtu must be " + LEAST_MTU + " to " + DtlsFragmentFilter.MAX_DATAGRAM);
    }
  }

  /** These settings with another {@link #handshakeLimit()}. */
  public DtlsSettings withHandshakeLimit(Duration limit) {
    return new DtlsSettings(
        limit, firstRetransmission, handshakesInFlight, queuedDatagrams, mtu, cookies);
  }

  /** These settings with another {@link #firstRetransmission()}. */
  public DtlsSettings withFirstRetransmission(Duration wait) {
    return new DtlsSettings(
        handshakeLimit, wait, handshakesInFlight, queuedDatagrams, mtu, cookies);
  }

  /** These settings with another {@link #handshakesInFlight()}. */
  public DtlsSettings withHandshakesInFlight(int count) {
    return new DtlsSettings(
        handshakeLimit, firstRetransmission, count, queuedDatagrams, mtu, cookies);
  }

  /** These settings with another {@link #mtu()}. */
  public DtlsSettings withMtu(int bytes) {
    return new DtlsSettings(
        handshakeLimit, firstRetransmission, handshakesInFlight, queuedDatagrams, bytes, cookies);
  }

  /** These settings with {@link #cookies()} asked for or not. */
  public DtlsSettings withCookies(boolean asked) {
    return new DtlsSettings(
        handshakeLimit, firstRetransmission, handshakesInFlight, queuedDatagrams, mtu, asked);
  }
}
