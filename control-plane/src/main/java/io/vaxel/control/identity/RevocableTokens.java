package io.vaxel.control.identity;

import io.vaxel.common.storage.Database;
import io.vaxel.common.token.CheckedToken;
import io.vaxel.common.token.InvalidTokenException;
import io.vaxel.common.token.KeyRotations;
import io.vaxel.common.token.TokenAuthenticator;
import io.vaxel.common.token.UserToken;
import io.vaxel.common.token.UserTokenVerifier;
import java.util.Optional;

/**
 * Checks tokens down to revocation and deletion, which hold from the moment their request was
 * answered: the rows of the user and of the resource are read every time. Tokens also end with the
 * resource, and when both its keys have been replaced.
 */
final class RevocableTokens implements TokenAuthenticator {
  private final UserTokenVerifier verifier;
  private final Database database;

  RevocableTokens(UserTokenVerifier verifier, Database database) {
    this.verifier = verifier;
    this.database = database;
  }

  @Override
  public UserToken authenticate(String token) throws InvalidTokenException {
    CheckedToken checked = verifier.verify(token);
    Standing standing =
        find(checked.token().userId())
            .orElseThrow(() -> new InvalidTokenException("The user was deleted."));
    if (standing.generation() != checked.generation()) {
      throw new InvalidTokenException("The token was revoked.");
    }
    if (checked.keys().bothReplacedBy(standing.keys())) {
      throw new InvalidTokenException("The access keys were replaced since the token was issued.");
    }
    return checked.token();
  }

  private Optional<Standing> find(String userId) {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(
                        "select u.token_generation, p.rotations as primary_rotations,"
                            + " s.rotations as secondary_rotations"
                            + " from users u join resources r on r.id = u.resource_id"
                            + " join resource_keys p on p.resource_id = r.id"
                            + " and p.slot = 'primary'"
                            + " join resource_keys s on s.resource_id = r.id"
                            + " and s.slot = 'secondary'"
                            + " where u.id = :id and r.state = 'Succeeded'")
                    .bind("id", userId)
                    .map(
                        (row, context) ->
                            new Standing(
                                row.getLong("token_generation"),
                                new KeyRotations(
                                    row.getLong("primary_rotations"),
                                    row.getLong("secondary_rotations"))))
                    .findOne());
  }

  private record Standing(long generation, KeyRotations keys) {}
}
