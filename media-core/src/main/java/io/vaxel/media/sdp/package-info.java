/**
 * Session descriptions exactly as browsers write them (RFC 8866, RFC 9429): records, parser,
 * writer, and the offers and answers of the server and of our own clients. Pure functions of their
 * input. Does not live here: who sends what to whom, and the sockets behind the candidates.
 */
package io.vaxel.media.sdp;
