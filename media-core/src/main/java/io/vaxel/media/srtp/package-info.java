/**
 * SRTP and SRTCP (RFC 3711, RFC 5764, RFC 7714): packets protected and unprotected in place, by
 * libcrypto or by jitsi-srtp. Lives here: key derivation, packet indices, replay windows, ciphers.
 * Does not: how keys are agreed (DTLS), what the packets mean.
 */
package io.vaxel.media.srtp;
