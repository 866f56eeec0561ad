package io.vaxel.control.identity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of "create": may be empty.
 *
 * @param createTokenWithScopes scopes of a token to issue along with the user; none when empty
 * @param expiresInMinutes how long that token lives, a day when left out
 */
record CreateIdentityRequest(
    @Nullable List<@Nullable String> createTokenWithScopes,
    @Min(value = 60, message = IssueTokenRequest.LIFETIME_RULE)
        @Max(value = 1440, message = IssueTokenRequest.LIFETIME_RULE)
        @Nullable Integer expiresInMinutes) {}
