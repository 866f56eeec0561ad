package io.vaxel.control.identity;

import io.vaxel.common.identifier.UserId;
import io.vaxel.common.oidc.IssuedBearer;
import io.vaxel.common.oidc.TrustedIssuers;
import io.vaxel.common.token.InvalidTokenException;
import io.vaxel.common.token.IssuedToken;
import io.vaxel.common.token.TokenScope;
import io.vaxel.common.token.UserTokenIssuer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives users of a trusted issuer a user access token for the issuer's: the user is bound to issuer
 * and subject and is made the first time. Safe for any thread; blocks.
 */
final class UserExchange {
  private static final EnumSet<TokenScope> SCOPES = EnumSet.of(TokenScope.CHAT, TokenScope.VOIP);

  private final Identities identities;
  private final TeamsAssignments assignments;
  private final TrustedIssuers issuers;

  UserExchange(Identities identities, TeamsAssignments assignments, TrustedIssuers issuers) {
    this.identities = identities;
    this.assignments = assignments;
    this.issuers = issuers;
  }

  /**
   * What a user gets.
   *
   * @param userId the user of the resource
   * @param token for chat and calling, an hour long: the issuer's token is asked for again then
   */
  record Exchanged(UserId userId, IssuedToken token) {}

  /**
   * Checks a user's token of a trusted issuer.
   *
   * @throws InvalidTokenException when it does not hold, or no issuer's users may exchange
   * @throws io.vaxel.common.oidc.IssuerUnavailableException when its issuer's keys cannot be had
   *     now
   */
  IssuedBearer check(String token) throws InvalidTokenException {
    if (!issuers.exchangeUsers()) {
      throw new InvalidTokenException(
          "No issuer is configured whose users' tokens are exchanged (issuers, user-audiences).");
    }
    return issuers.verifyUser(token);
  }

  /** Whether the resource lets this user have tokens of the Teams phone extension. */
  boolean isAssigned(UUID resourceId, IssuedBearer user) {
    String tenant = user.tenant();
    if (tenant == null) {
      return false;
    }
    Optional<TeamsAssignments.Assignment> assignment =
        assignments.find(
            resourceId, tenant.toLowerCase(Locale.ROOT), user.subject().toLowerCase(Locale.ROOT));
    String client = user.clientId();
    return assignment.isPresent()
        && (assignment.get().clientIds().isEmpty()
            || (client != null
                && assignment.get().clientIds().contains(client.toLowerCase(Locale.ROOT))));
  }

  /**
   * Gives a checked user a token.
   *
   * @throws IdentityNotOwnedException when the user or the resource is deleted at the same moment
   */
  Exchanged exchange(UUID resourceId, IssuedBearer user) throws IdentityNotOwnedException {
    String subject = (user.tenant() == null ? "" : user.tenant()) + "/" + user.subject();
    UserId userId = identities.of(resourceId, user.settings().issuer(), subject);
    return new Exchanged(
        userId, identities.issue(resourceId, userId.rawId(), SCOPES, UserTokenIssuer.SHORTEST));
  }
}
