package io.vaxel.media.sdp;

/**
 * One layer of a simulcast stream (RFC 8851).
 *
 * @param id 1 to 255 letters, digits, hyphens and underscores
 * @param send true for {@code send}, false for {@code recv}
 * @param restrictions what follows, as written; empty for none
 */
public record Rid(String id, boolean send, String restrictions) {}
