package io.vaxel.common.token;

import java.time.Instant;
import java.util.Set;

/**
 * What a checked user access token says.
 *
 * @param userId the raw id of the user, such as {@code 8:acs:<resource>_<user>}
 * @param resourceId the immutable id of the resource that the user belongs to
 * @param scopes what the token allows
 * @param issuedAt when it was issued
 * @param expiresAt when it ends
 */
public record UserToken(
    String userId, String resourceId, Set<TokenScope> scopes, Instant issuedAt, Instant expiresAt) {
  public UserToken {
    scopes = Set.copyOf(scopes);
  }
}
