package io.vaxel.media.sdp;

/**
 * The names that a browser shows for a track (RFC 8830).
 *
 * @param stream the MediaStream's id, {@code -} for none
 * @param track the MediaStreamTrack's id, or empty
 */
public record Msid(String stream, String track) {}
