package io.vaxel.control.phonenumbers.siprouting;

import org.jspecify.annotations.Nullable;

/**
 * A way to the telephone network: a session border controller, named by its host name.
 *
 * @param sipSignalingPort its TLS port, 1 to 65535
 * @param enabled whether calls take it
 * @param stepOutOfSignaling whether it stays in the signalling after a transfer; null when not said
 * @param privacyHeader {@code ID} or {@code None}; null when not said
 * @param ipAddressVersion {@code IPv4} or {@code IPv6}; null when not said
 */
public record SipTrunk(
    int sipSignalingPort,
    boolean enabled,
    @Nullable Boolean stepOutOfSignaling,
    @Nullable String privacyHeader,
    @Nullable String ipAddressVersion) {}
