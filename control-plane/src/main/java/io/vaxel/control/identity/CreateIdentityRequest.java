package io.vaxel.control.identity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of "create": may be empty.
 *
 * @param createTokenWithScopes scopes of a token to issue along with the user; none when empty
 * @param expiresInMinutes how long that token lives, a day when left out
 * @param externalId the caller's own name for the user; the user that has it is given again
 */
record CreateIdentityRequest(
    @Nullable List<@Nullable String> createTokenWithScopes,
    @Min(value = 60, message = IssueTokenRequest.LIFETIME_RULE)
        @Max(value = 1440, message = IssueTokenRequest.LIFETIME_RULE)
        @Nullable Integer expiresInMinutes,
    @Size(min = 1, max = 256, message = "must have 1 to 256 characters")
        @Nullable String externalId) {}
