/**
 * Loops, ports and the connections to peers: datagrams in and out, demultiplexing (RFC 7983), ICE
 * over UDP and TCP, and the marriage of DTLS and SRTP for one peer connection. Does not: what the
 * media means and where it goes next.
 */
package io.vaxel.media.transport;
