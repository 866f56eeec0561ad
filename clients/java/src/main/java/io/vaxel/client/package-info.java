/**
 * A calling client for services, bots and load: signs in, joins calls, publishes and receives RTP.
 * Speaks to the server over the wire only, with the same parts of media-core that the server is
 * made of. Does not: capture, encode or play anything.
 */
package io.vaxel.client;
