package io.vaxel.control.identity;

import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.vaxel.common.oidc.TrustedIssuers;
import io.vaxel.common.storage.Database;
import io.vaxel.common.token.IssuedToken;
import io.vaxel.common.token.TokenAuthenticator;
import io.vaxel.common.token.TokenRevocations;
import io.vaxel.common.token.TokenScope;
import io.vaxel.common.token.UserTokenIssuer;
import io.vaxel.common.token.UserTokenVerifier;
import io.vaxel.common.version.ApiVersions;
import io.vaxel.control.resourcemanager.CommunicationResource;
import io.vaxel.control.resourcemanager.CommunicationResources;
import io.vaxel.control.resourcemanager.ResourceData;
import io.vaxel.control.resourcemanager.ResourceHosts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The identity service put together: what the server needs of it. Safe for any thread; blocks. */
public final class IdentityService {
  private final CommunicationResource defaultResource;
  private final Identities identities;
  private final TeamsAssignments assignments;
  private final UserExchange exchange;
  private final ResourceHosts hosts;
  private final TokenAuthenticator authenticator;
  private final boolean development;

  /**
   * Opens the service on a database.
   *
   * @param hosts where clients reach a resource; tokens name it
   * @param issuers whose users' tokens are exchanged
   * @param revocations told of every token that is voided
   * @param keys private keys of tokens; the first signs, all of them verify
   * @param development whether pages on this machine get tokens without a back end
   */
  public IdentityService(
      Database database,
      CommunicationResources resources,
      ResourceHosts hosts,
      List<OctetSequenceKey> keys,
      TrustedIssuers issuers,
      TokenRevocations revocations,
      boolean development,
      InstantSource clock) {
    this.defaultResource = resources.defaultResource();
    this.development = development;
    UserTokenIssuer issuer = new UserTokenIssuer(keys.getFirst(), clock);
    this.identities =
        new Identities(
            database, new TokenSource(database, hosts, issuer, clock), revocations, clock);
    this.assignments = new TeamsAssignments(database);
    this.exchange = new UserExchange(identities, assignments, issuers);
    this.hosts = hosts;
    this.authenticator = new RevocableTokens(new UserTokenVerifier(keys, clock), database);
  }

  /** The versions of its REST API. */
  public static ApiVersions versions() {
    return IdentityVersions.table();
  }

  /** Instances to register with Jakarta REST. */
  public List<Object> restComponents() {
    List<Object> components = new ArrayList<>();
    components.add(new IdentityResource(identities));
    components.add(new TeamsUserResource(exchange));
    components.add(new AccessResource(exchange, hosts));
    components.add(new TeamsAssignmentResource(assignments));
    if (development) {
      components.add(new DevelopmentTokenResource(identities, defaultResource.id()));
    }
    return components;
  }

  /** Checks user access tokens, revocation included. */
  public TokenAuthenticator tokenAuthenticator() {
    return authenticator;
  }

  /** Users of any resource, for the operator. */
  public Identities identities() {
    return identities;
  }

  /** What goes when a resource is deleted. */
  public ResourceData data() {
    return (sql, resourceId, most) -> {
      int removed = Identities.removeSome(sql, resourceId, most);
      return removed < most
          ? removed + TeamsAssignments.removeSome(sql, resourceId, most - removed)
          : removed;
    };
  }

  /** Makes a user of the default resource and returns the raw id. */
  public String createUser() {
    return identities.create(defaultResource.id()).rawId();
  }

  /**
   * Makes a token for a user of the default resource.
   *
   * @param scopes what it allows, at least one
   * @param lifetime within the limits of {@link UserTokenIssuer}
   * @throws IdentityNotOwnedException when the default resource has no such user
   * @throws IllegalArgumentException when the scopes are empty or the lifetime is out of range
   */
  public IssuedToken issueToken(String rawId, Set<TokenScope> scopes, Duration lifetime)
      throws IdentityNotOwnedException {
    return identities.issue(defaultResource.id(), rawId, scopes, lifetime);
  }
}
