package io.vaxel.control.phonenumbers.siprouting;

/**
 * A domain that trunks may be in.
 *
 * @param enabled whether calls take its trunks
 */
public record SipDomain(boolean enabled) {}
