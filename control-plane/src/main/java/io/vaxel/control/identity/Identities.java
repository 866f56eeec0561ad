package io.vaxel.control.identity;

import io.vaxel.common.identifier.UserId;
import io.vaxel.common.storage.Database;
import io.vaxel.common.token.IssuedToken;
import io.vaxel.common.token.TokenRevocations;
import io.vaxel.common.token.TokenRevocations.Revocation;
import io.vaxel.common.token.TokenScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Users and their access tokens. Every method acts for one resource and touches its users alone.
 * Safe for any thread; blocks. What a method did is on disk when it returns.
 */
public final class Identities {
  private final Database database;
  private final TokenSource tokens;
  private final TokenRevocations revocations;
  private final InstantSource clock;

  Identities(
      Database database, TokenSource tokens, TokenRevocations revocations, InstantSource clock) {
    this.database = database;
    this.tokens = tokens;
    this.revocations = revocations;
    this.clock = clock;
  }

  /**
   * A user that was asked for by a name of the caller's.
   *
   * @param id the user
   * @param created false when there was one of that name
   */
  public record Named(UserId id, boolean created) {}

  /** Makes a user of a resource. */
  public UserId create(UUID resourceId) {
    UserId created = new UserId(resourceId, UUID.randomUUID());
    database.jdbi().useHandle(sql -> insert(sql, created, null, null, null));
    return created;
  }

  /** Makes a user with a name of the caller's, or finds the one that has it. */
  public Named create(UUID resourceId, String externalId) {
    UserId made = new UserId(resourceId, UUID.randomUUID());
    if (database.jdbi().withHandle(sql -> insert(sql, made, externalId, null, null))) {
      return new Named(made, true);
    }
    return new Named(
        owner(
                "select id from users where resource_id = :resource and external_id = :name",
                resourceId,
                "",
                externalId)
            // Deleted between the two statements: the name is free again.
            .orElseGet(() -> create(resourceId, externalId).id()),
        false);
  }

  /** The user who an issuer of OpenID Connect knows under this subject; made when there is none. */
  public UserId of(UUID resourceId, String issuer, String subject) {
    UserId made = new UserId(resourceId, UUID.randomUUID());
    String find =
        "select id from users where resource_id = :resource and issuer = :issuer"
            + " and subject = :name";
    Optional<UserId> existing = owner(find, resourceId, issuer, subject);
    if (existing.isPresent()) {
      return existing.get();
    }
    if (database.jdbi().withHandle(sql -> insert(sql, made, null, issuer, subject))) {
      return made;
    }
    return owner(find, resourceId, issuer, subject)
        .orElseGet(() -> of(resourceId, issuer, subject));
  }

  private Optional<UserId> owner(String query, UUID resourceId, String issuer, String name) {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(query)
                    .bindMap(
                        Map.of("resource", resourceId.toString(), "issuer", issuer, "name", name))
                    .mapTo(String.class)
                    .findOne())
        .flatMap(UserId::parse);
  }

  private boolean insert(
      Handle sql,
      UserId user,
      @Nullable String externalId,
      @Nullable String issuer,
      @Nullable String subject) {
    return sql.createUpdate(
                "insert into users (id, resource_id, token_generation, created_at, external_id,"
                    + " issuer, subject) values (:id, :resource, 0, :now, :externalId, :issuer,"
                    + " :subject) on conflict do nothing")
            .bind("id", user.rawId())
            .bind("resource", user.resourceId().toString())
            .bind("now", clock.millis())
            .bind("externalId", externalId)
            .bind("issuer", issuer)
            .bind("subject", subject)
            .execute()
        == 1;
  }

  /**
   * Makes a token for a user.
   *
   * @param scopes what it allows, at least one
   * @param lifetime within the limits of {@link io.vaxel.common.token.UserTokenIssuer}
   * @throws IdentityNotOwnedException when the resource has no such user
   */
  public IssuedToken issue(UUID resourceId, String rawId, Set<TokenScope> scopes, Duration lifetime)
      throws IdentityNotOwnedException {
    return tokens.issue(owned(resourceId, rawId), scopes, lifetime);
  }

  /**
   * A user.
   *
   * @throws IdentityNotOwnedException when the resource has no such user
   */
  public UserRecord get(UUID resourceId, String rawId) throws IdentityNotOwnedException {
    UserId userId = owned(resourceId, rawId);
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery("select * from users where id = :id")
                    .bind("id", userId.rawId())
                    .map(Identities::user)
                    .findOne())
        .orElseThrow(IdentityNotOwnedException::new);
  }

  /**
   * Users of a resource in the order of their ids.
   *
   * @param after begins behind this raw id; empty begins with the first
   * @param limit how many at most
   */
  public List<UserRecord> list(UUID resourceId, String after, int limit) {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(
                        "select * from users where resource_id = :resource and id > :after"
                            + " order by id limit :limit")
                    .bind("resource", resourceId.toString())
                    .bind("after", after)
                    .bind("limit", limit)
                    .map(Identities::user)
                    .list());
  }

  /**
   * Voids every token that the user has, at once. A user who was deleted has none, so there is
   * nothing to do.
   *
   * @throws IdentityNotOwnedException when the id is not one of the resource's
   */
  public void revokeTokens(UUID resourceId, String rawId) throws IdentityNotOwnedException {
    change(
        "update users set token_generation = token_generation + 1 where id = :id",
        owned(resourceId, rawId));
  }

  /**
   * Removes a user and voids the tokens at once. Doing it again does nothing: a retry after a lost
   * answer succeeds.
   *
   * @throws IdentityNotOwnedException when the id is not one of the resource's
   */
  public void delete(UUID resourceId, String rawId) throws IdentityNotOwnedException {
    change("delete from users where id = :id", owned(resourceId, rawId));
  }

  private void change(String statement, UserId userId) {
    database
        .jdbi()
        .useHandle(sql -> sql.createUpdate(statement).bind("id", userId.rawId()).execute());
    revocations.announce(new Revocation(userId.resourceId().toString(), userId.rawId()));
  }

  /** Removes users of a resource that is being deleted. */
  static int removeSome(Handle sql, UUID resourceId, int most) {
    return sql.createUpdate(
            "delete from users where id in"
                + " (select id from users where resource_id = :resource limit :most)")
        .bind("resource", resourceId.toString())
        .bind("most", most)
        .execute();
  }

  private static UserRecord user(ResultSet row, StatementContext context) throws SQLException {
    long lastToken = row.getLong("last_token_at");
    return new UserRecord(
        row.getString("id"),
        row.getString("external_id"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        lastToken == 0 ? null : Instant.ofEpochMilli(lastToken));
  }

  private static UserId owned(UUID resourceId, String rawId) throws IdentityNotOwnedException {
    return UserId.parse(rawId)
        .filter(id -> id.resourceId().equals(resourceId))
        .orElseThrow(IdentityNotOwnedException::new);
  }
}
