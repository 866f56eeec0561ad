/**
 * The WebSocket side of the calling protocol. Lives here: framing, Hello and tokens, order, rates
 * and sizes of one connection, sessions that outlive their socket. Does not: what the requests do
 * in a call (see call).
 */
package io.vaxel.signaling.connection;
