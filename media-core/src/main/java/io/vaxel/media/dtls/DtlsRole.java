package io.vaxel.media.dtls;

/**
 * Who speaks first: {@code a=setup:active} is the client, {@code passive} the server (RFC 5763).
 */
public enum DtlsRole {
  /** Sends the ClientHello. */
  CLIENT,
  /** Waits for the ClientHello. */
  SERVER
}
