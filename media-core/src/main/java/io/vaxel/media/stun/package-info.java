/**
 * STUN (RFC 8489) and ICE (RFC 8445): reading and writing messages, the lite agent of the server
 * and the controlling agent of our own clients; time and datagrams come from outside. Does not live
 * here: sockets, and which peer connection a datagram belongs to.
 */
package io.vaxel.media.stun;
