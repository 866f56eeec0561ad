package io.vaxel.control.identity;

import com.nimbusds.jose.jwk.ECKey;
import io.vaxel.common.credential.AccessKeyFilter;
import io.vaxel.common.credential.HmacVerifier;
import io.vaxel.common.error.ErrorHandling;
import io.vaxel.common.storage.Database;
import io.vaxel.common.token.IssuedToken;
import io.vaxel.common.token.SigningKeys;
import io.vaxel.common.token.TokenAuthenticator;
import io.vaxel.common.token.TokenScope;
import io.vaxel.common.token.UserTokenIssuer;
import io.vaxel.common.token.UserTokenVerifier;
import io.vaxel.common.version.ApiVersionFeature;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The identity service put together: what the server needs of it. Safe for any thread; blocks. */
public final class IdentityService {
  private final Settings settings;
  private final CommunicationResources resources;
  private final CommunicationResource defaultResource;
  private final Identities identities;
  private final TokenAuthenticator authenticator;
  private final InstantSource clock;

  /**
   * What can be set.
   *
   * @param publicEndpoint where clients reach the server, such as {@code https://host:8443/}
   * @param development whether pages on this machine get tokens without a back end
   * @param clockSkew how far the date of a signed request may be off, either way
   * @param maxBodyBytes longest body of a signed request
   */
  public record Settings(
      URI publicEndpoint, boolean development, Duration clockSkew, int maxBodyBytes) {
    /** Fifteen minutes is the usual window of Azure; no body of these services nears 1 MiB. */
    public static Settings of(URI publicEndpoint, boolean development) {
      return new Settings(publicEndpoint, development, Duration.ofMinutes(15), 1 << 20);
    }
  }

  /** Opens the service on a database; makes the default resource and a signing key if missing. */
  public IdentityService(Database database, Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.resources = new CommunicationResources(database, new SecureRandom(), clock);
    this.defaultResource = resources.defaultResource();
    List<ECKey> keys = SigningKeys.loadOrCreate(database, clock);
    UserTokenIssuer issuer = new UserTokenIssuer(keys.getFirst(), settings.publicEndpoint(), clock);
    this.identities = new Identities(database, resources, issuer, clock);
    this.authenticator = new RevocableTokens(new UserTokenVerifier(keys, clock), database);
  }

  /** Instances to register with Jakarta REST: resources, filters, error mappers. */
  public List<Object> restComponents() {
    List<Object> components = new ArrayList<>(ErrorHandling.components());
    components.add(new ApiVersionFeature(List.of(IdentityVersions.table())));
    components.add(
        new AccessKeyFilter(
            new HmacVerifier(settings.publicEndpoint(), settings.clockSkew(), clock),
            resources,
            settings.maxBodyBytes()));
    components.add(new IdentityResource(identities));
    if (settings.development()) {
      components.add(new DevelopmentTokenResource(identities, defaultResource.id()));
    }
    return components;
  }

  /** Checks user access tokens, revocation included. */
  public TokenAuthenticator tokenAuthenticator() {
    return authenticator;
  }

  /**
   * The connection string of the default resource with its primary key, a secret, in the one form
   * that all SDKs parse: endpoint first, with a slash at its end.
   */
  public String connectionString() {
    return "endpoint="
        + settings.publicEndpoint().resolve("/")
        + ";accesskey="
        + resources.primaryKey(defaultResource.id()).reveal();
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
