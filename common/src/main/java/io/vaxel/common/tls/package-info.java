/**
 * TLS of the server: its own certificate authority, its certificate, and the files that hold them.
 * Does not: DTLS of media.
 */
package io.vaxel.common.tls;
