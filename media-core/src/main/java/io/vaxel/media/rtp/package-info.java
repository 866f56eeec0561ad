/**
 * RTP and RTCP (RFC 3550, 4585, 4588, 8285): views and writers over packet memory, and the small
 * machines that count, ask again, rewrite and rank. Lives here: what one stream needs. Does not:
 * encryption, sockets, and who receives which stream.
 */
package io.vaxel.media.rtp;
