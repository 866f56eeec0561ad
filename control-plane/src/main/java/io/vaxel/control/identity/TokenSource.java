package io.vaxel.control.identity;

import io.vaxel.common.identifier.UserId;
import io.vaxel.common.storage.Database;
import io.vaxel.common.token.IssuedToken;
import io.vaxel.common.token.KeyRotations;
import io.vaxel.common.token.TokenScope;
import io.vaxel.common.token.TokenSubject;
import io.vaxel.common.token.UserTokenIssuer;
import io.vaxel.control.resourcemanager.ResourceHosts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes tokens for users that are there. Safe for any thread; blocks. */
final class TokenSource {
  /** Writing down each token would cost a disk write for each. */
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final ResourceHosts hosts;
  private final UserTokenIssuer issuer;
  private final InstantSource clock;

  TokenSource(Database database, ResourceHosts hosts, UserTokenIssuer issuer, InstantSource clock) {
    this.database = database;
    this.hosts = hosts;
    this.issuer = issuer;
    this.clock = clock;
  }

  /**
   * Makes a token.
   *
   * @throws IdentityNotOwnedException when the user is not there, or the resource is being deleted
   */
  IssuedToken issue(UserId userId, Set<TokenScope> scopes, Duration lifetime)
      throws IdentityNotOwnedException {
    Holder holder = find(userId).orElseThrow(IdentityNotOwnedException::new);
    IssuedToken token =
        issuer.issue(
            new TokenSubject(
                userId,
                holder.generation(),
                holder.keys(),
                hosts.endpointOf(holder.resourceName()),
                holder.region(),
                holder.location()),
            scopes,
            lifetime);
    note(userId, holder);
    return token;
  }

  private Optional<Holder> find(UserId userId) {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(
                        "select u.token_generation, u.last_token_at, r.name, r.region, r.location,"
                            + " p.rotations as primary_rotations,"
                            + " s.rotations as secondary_rotations"
                            + " from users u join resources r on r.id = u.resource_id"
                            + " join resource_keys p on p.resource_id = r.id"
                            + " and p.slot = 'primary'"
                            + " join resource_keys s on s.resource_id = r.id"
                            + " and s.slot = 'secondary'"
                            + " where u.id = :id and r.state = 'Succeeded'")
                    .bind("id", userId.rawId())
                    .map(
                        (row, context) -> {
                          long noted = row.getLong("last_token_at");
                          return new Holder(
                              row.getLong("token_generation"),
                              row.wasNull() ? null : noted,
                              row.getString("name"),
                              row.getString("region"),
                              row.getString("location"),
                              new KeyRotations(
                                  row.getLong("primary_rotations"),
                                  row.getLong("secondary_rotations")));
                        })
                    .findOne());
  }

  private void note(UserId userId, Holder holder) {
    long now = clock.millis();
    Long noted = holder.lastTokenAt();
    if (noted == null || now - noted >= NOTED_EVERY.toMillis()) {
      database
          .jdbi()
          .useHandle(
              sql ->
                  sql.createUpdate("update users set last_token_at = :now where id = :id")
                      .bind("now", now)
                      .bind("id", userId.rawId())
                      .execute());
    }
  }

  private record Holder(
      long generation,
      @Nullable Long lastTokenAt,
      String resourceName,
      String region,
      String location,
      KeyRotations keys) {}
}
