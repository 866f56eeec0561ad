/**
 * DTLS 1.2 with a peer whose certificate fingerprint is known from signalling (RFC 8122), and the
 * SRTP keys that come out of it (RFC 5764). Lives here: identities, handshakes, the filter in front
 * of them. Does not: sockets, SRTP itself, where datagrams come from.
 */
package io.vaxel.media.dtls;
