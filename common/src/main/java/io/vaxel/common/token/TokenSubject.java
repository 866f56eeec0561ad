package io.vaxel.common.token;

import io.vaxel.common.identifier.UserId;
import java.net.URI;

/**
 * Whom a token is for.
 *
 * @param userId the user
 * @param generation how often the user's tokens were revoked when the token was issued; a token of
 *     an earlier generation is void, however the clock was set
 * @param keys how often the keys of the resource were replaced when the token was issued
 * @param endpoint where clients reach the user's resource: the claim {@code iss}
 * @param region where the resource's users are, as the claim {@code rgn} has it, such as {@code
 *     amer}
 * @param location where the resource keeps its data, such as {@code unitedstates}
 */
public record TokenSubject(
    UserId userId,
    long generation,
    KeyRotations keys,
    URI endpoint,
    String region,
    String location) {}
