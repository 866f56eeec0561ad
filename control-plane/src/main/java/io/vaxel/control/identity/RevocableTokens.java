package io.vaxel.control.identity;

import io.vaxel.common.storage.Database;
import io.vaxel.common.token.CheckedToken;
import io.vaxel.common.token.InvalidTokenException;
import io.vaxel.common.token.TokenAuthenticator;
import io.vaxel.common.token.UserToken;
import io.vaxel.common.token.UserTokenVerifier;
import java.util.Optional;

/**
 * Checks tokens down to revocation and deletion, which hold from the moment their request was
 * answered: the user's row is read every time.
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
    Optional<Long> generation =
        database
            .jdbi()
            .withHandle(
                sql ->
                    sql.createQuery("select token_generation from users where id = :id")
                        .bind("id", checked.token().userId())
                        .mapTo(Long.class)
                        .findOne());
    if (generation.isEmpty()) {
      throw new InvalidTokenException("The user was deleted.");
    }
    if (generation.get() != checked.generation()) {
      throw new InvalidTokenException("The token was revoked.");
    }
    return checked.token();
  }
}
