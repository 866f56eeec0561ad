package io.vaxel.control.identity;

import io.vaxel.common.identifier.UserId;
import io.vaxel.common.storage.Database;
import io.vaxel.common.token.IssuedToken;
import io.vaxel.common.token.TokenScope;
import io.vaxel.common.token.TokenSubject;
import io.vaxel.common.token.UserTokenIssuer;
import io.vaxel.control.resourcemanager.CommunicationResource;
import io.vaxel.control.resourcemanager.CommunicationResources;
import io.vaxel.control.resourcemanager.ResourceHosts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;

/**
 * Users and their access tokens. Every method acts for one resource and touches its users alone.
 * Safe for any thread; blocks. What a method did is on disk when it returns.
 */
public final class Identities {
  private final Database database;
  private final CommunicationResources resources;
  private final ResourceHosts hosts;
  private final UserTokenIssuer issuer;
  private final InstantSource clock;

  public Identities(
      Database database,
      CommunicationResources resources,
      ResourceHosts hosts,
      UserTokenIssuer issuer,
      InstantSource clock) {
    this.database = database;
    this.resources = resources;
    this.hosts = hosts;
    this.issuer = issuer;
    this.clock = clock;
  }

  /** Makes a user of a resource. */
  public UserId create(UUID resourceId) {
    UserId created = new UserId(resourceId, UUID.randomUUID());
    database
        .jdbi()
        .useHandle(
            sql ->
                sql.createUpdate(
                        "insert into users (id, resource_id, token_generation, created_at)"
                            + " values (:id, :resource, 0, :now)")
                    .bind("id", created.rawId())
                    .bind("resource", resourceId.toString())
                    .bind("now", clock.millis())
                    .execute());
    return created;
  }

  /**
   * Makes a token for a user.
   *
   * @param scopes what it allows, at least one
   * @param lifetime within the limits of {@link UserTokenIssuer}
   * @throws IdentityNotOwnedException when the resource has no such user
   */
  public IssuedToken issue(UUID resourceId, String rawId, Set<TokenScope> scopes, Duration lifetime)
      throws IdentityNotOwnedException {
    UserId userId = owned(resourceId, rawId);
    CommunicationResource resource =
        resources.find(resourceId).orElseThrow(IdentityNotOwnedException::new);
    long generation =
        database
            .jdbi()
            .withHandle(
                sql ->
                    sql.createQuery("select token_generation from users where id = :id")
                        .bind("id", userId.rawId())
                        .mapTo(Long.class)
                        .findOne())
            .orElseThrow(IdentityNotOwnedException::new);
    return issuer.issue(
        new TokenSubject(
            userId,
            generation,
            hosts.endpointOf(resource.name()),
            resource.region(),
            resource.location()),
        scopes,
        lifetime);
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
  }

  private static UserId owned(UUID resourceId, String rawId) throws IdentityNotOwnedException {
    return UserId.parse(rawId)
        .filter(id -> id.resourceId().equals(resourceId))
        .orElseThrow(IdentityNotOwnedException::new);
  }
}
