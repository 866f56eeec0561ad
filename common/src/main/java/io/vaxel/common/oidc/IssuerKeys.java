package io.vaxel.common.oidc;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.Closeable;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of an issuer: found on first use, so that the server starts without the issuer; kept for
 * an hour and renewed in the background before that; fetched again when a token names another key,
 * twice a minute at most; used for four more hours while the issuer cannot be reached.
 */
final class IssuerKeys implements JWKSource<SecurityContext>, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

  /** A set of keys takes some 10 KiB. */
  private static final int MOST_BYTES = 256 << 10;

  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration RENEWED_BEFORE = Duration.ofMinutes(10);
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
  private static final Duration USED_IN_OUTAGE = Duration.ofHours(4);
  private static final Duration BETWEEN_DISCOVERIES = Duration.ofSeconds(5);

  private final IssuerSettings settings;
  private final InstantSource clock;
  private final ResourceRetriever retriever =
      new DefaultResourceRetriever(
          Math.toIntExact(CONNECT_TIMEOUT.toMillis()),
          Math.toIntExact(READ_TIMEOUT.toMillis()),
          MOST_BYTES);
  private final ReentrantLock discovering = new ReentrantLock();
  private volatile @Nullable JWKSource<SecurityContext> source;
  private Instant nextDiscovery = Instant.MIN;

  IssuerKeys(IssuerSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    JWKSource<SecurityContext> found = source;
    return (found == null ? discovered() : found).get(selector, context);
  }

  private JWKSource<SecurityContext> discovered() throws KeySourceException {
    discovering.lock();
    try {
      JWKSource<SecurityContext> found = source;
      if (found != null) {
        return found;
      }
      if (clock.instant().isBefore(nextDiscovery)) {
        throw new RemoteKeySourceException("The last discovery failed a moment ago", null);
      }
      nextDiscovery = clock.instant().plus(BETWEEN_DISCOVERIES);
      URI stated = settings.jwksUri();
      URI keys = stated == null ? discover() : stated;
      JWKSource<SecurityContext> made =
          JWKSourceBuilder.<SecurityContext>create(keys.toURL(), retriever)
              .cache(KEPT.toMillis(), READ_TIMEOUT.plus(CONNECT_TIMEOUT).toMillis())
              .refreshAheadCache(RENEWED_BEFORE.toMillis(), true)
              .rateLimited(BETWEEN_FETCHES.toMillis())
              .outageTolerant(USED_IN_OUTAGE.toMillis())
              .build();
      source = made;
      return made;
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw new RemoteKeySourceException("The address of the keys is malformed", e);
    } finally {
      discovering.unlock();
    }
  }

  /** OpenID Connect Discovery 1.0, section 4. */
  private URI discover() throws RemoteKeySourceException {
    String address = settings.issuer().replaceFirst("/$", "") + "/.well-known/openid-configuration";
    try {
      var document =
          JSONObjectUtils.parse(
              retriever.retrieveResource(URI.create(address).toURL()).getContent());
      if (!settings.issuer().equals(JSONObjectUtils.getString(document, "issuer"))) {
        throw new RemoteKeySourceException(address + " is of another issuer", null);
      }
      URI keys = JSONObjectUtils.getURI(document, "jwks_uri");
      if (keys == null || !IssuerSettings.mayBeFetched(keys)) {
        throw new RemoteKeySourceException(address + " names no https address of keys", null);
      }
      return keys;
    } catch (IOException | ParseException e) {
      LOG.warn("{} cannot be read: {}", address, String.valueOf(e.getMessage()));
      throw new RemoteKeySourceException(address + " cannot be read", e);
    }
  }

  @Override
  public void close() {
    if (source instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        LOG.warn("The keys of {} did not close", settings.issuer(), e);
      }
    }
  }
}
