package io.vaxel.common.token;

import io.vaxel.common.identifier.UserId;

/**
 * Whom a token is for.
 *
 * @param userId the user
 * @param generation how often the user's tokens were revoked when the token was issued; a token of
 *     an earlier generation is void, however the clock was set
 * @param region where the resource's users are, as the claim {@code rgn} has it, such as {@code
 *     amer}
 * @param location where the resource keeps its data, such as {@code unitedstates}
 */
public record TokenSubject(UserId userId, long generation, String region, String location) {}
