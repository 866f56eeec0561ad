package io.vaxel.control.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Answer to "get".
 *
 * @param id the raw id
 * @param externalId the caller's own name for the user
 * @param lastTokenIssuedAt to the minute; ISO 8601 with {@code Z}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record IdentityDetails(String id, @Nullable String externalId, @Nullable String lastTokenIssuedAt) {
  static IdentityDetails of(UserRecord user) {
    return new IdentityDetails(
        user.id(),
        user.externalId(),
        user.lastTokenAt() == null ? null : user.lastTokenAt().toString());
  }
}
