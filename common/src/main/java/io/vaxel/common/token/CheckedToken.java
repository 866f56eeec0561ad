package io.vaxel.common.token;

/**
 * What a token says whose signature and lifetime hold. Whether it was revoked is not yet known.
 *
 * @param token what it says of the user
 * @param generation see {@link TokenSubject#generation()}
 */
public record CheckedToken(UserToken token, long generation) {}
