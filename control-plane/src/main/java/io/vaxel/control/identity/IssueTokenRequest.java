package io.vaxel.control.identity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of "issue token".
 *
 * @param scopes what the token allows, at least one
 * @param expiresInMinutes how long it lives, a day when left out
 */
record IssueTokenRequest(
    @NotEmpty(message = "must name at least one scope") @Nullable List<@Nullable String> scopes,
    @Min(value = 60, message = IssueTokenRequest.LIFETIME_RULE)
        @Max(value = 1440, message = IssueTokenRequest.LIFETIME_RULE)
        @Nullable Integer expiresInMinutes) {
  static final String LIFETIME_RULE = "must be from 60 to 1440";
}
