package io.vaxel.media.sdp;

import org.jspecify.annotations.Nullable;

/**
 * A synchronization source that a section announces (RFC 5576).
 *
 * @param ssrc 32 bits, unsigned
 * @param cname its canonical name, or null when not told
 * @param msid its stream and track, or null when not told here
 */
public record Ssrc(long ssrc, @Nullable String cname, @Nullable Msid msid) {}
