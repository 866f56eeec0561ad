package io.vaxel.common.token;

/**
 * What a token says whose signature and lifetime hold. Whether it was revoked is not yet known.
 *
 * @param token what it says of the user
 * @param generation see {@link TokenSubject#generation()}
 * @param keys see {@link TokenSubject#keys()}
 */
public record CheckedToken(UserToken token, long generation, KeyRotations keys) {}
