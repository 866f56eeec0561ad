package io.vaxel.control;

import io.vaxel.common.credential.AccessKeyFilter;
import io.vaxel.common.credential.HmacVerifier;
import io.vaxel.common.error.ErrorHandling;
import io.vaxel.common.openapi.OpenApiDocuments;
import io.vaxel.common.openapi.OpenApiResource;
import io.vaxel.common.repeat.RepeatabilityFilter;
import io.vaxel.common.repeat.RepeatableAnswers;
import io.vaxel.common.storage.Database;
import io.vaxel.common.version.ApiVersionFeature;
import io.vaxel.common.version.ApiVersions;
import io.vaxel.control.identity.IdentityService;
import io.vaxel.control.resourcemanager.CommunicationResources;
import io.vaxel.control.rooms.RoomsService;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The REST services put together, top to bottom, for the server and for tests. Safe for any thread;
 * blocks.
 */
public final class ControlPlane implements AutoCloseable {
  /** A client that waits longer before it tries again has given up. */
  private static final Duration REPEATABLE_FOR = Duration.ofHours(1);

  /** Five a second for an hour; an answer takes less than 1 KiB on disk. */
  private static final int REPEATABLE_REQUESTS_OF_A_CALLER = 20_000;

  private final Settings settings;
  private final InstantSource clock;
  private final CommunicationResources resources;
  private final IdentityService identity;
  private final RepeatableAnswers answers;
  private final RoomsService rooms;
  private final Chores chores;

  /**
   * What can be set.
   *
   * @param publicEndpoint where clients reach the server, such as {@code https://host:8443/}
   * @param development whether pages on this machine get tokens without a back end
   * @param clockSkew how far the date of a signed request may be off, either way
   * @param maxBodyBytes longest body of a signed request
   * @param roomsKeptAfterEnd how long a room can be read after its end
   */
  public record Settings(
      URI publicEndpoint,
      boolean development,
      Duration clockSkew,
      int maxBodyBytes,
      Duration roomsKeptAfterEnd) {
    /** Fifteen minutes is the usual window of Azure; no body of these services nears 1 MiB. */
    public static Settings of(URI publicEndpoint, boolean development) {
      return new Settings(
          publicEndpoint, development, Duration.ofMinutes(15), 1 << 20, Duration.ofDays(180));
    }
  }

  /**
   * Makes the services on a database, not started yet, and the default resource when it is not
   * there yet.
   */
  public ControlPlane(Database database, Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.resources = new CommunicationResources(database, new SecureRandom(), clock);
    this.identity =
        new IdentityService(
            database, resources, settings.publicEndpoint(), settings.development(), clock);
    this.answers =
        new RepeatableAnswers(database, REPEATABLE_FOR, REPEATABLE_REQUESTS_OF_A_CALLER, clock);
    this.rooms = new RoomsService(database, answers, settings.roomsKeptAfterEnd(), clock);
    this.chores = new Chores(List.of(answers::removeExpired, rooms::removeEnded));
  }

  /** Begins the work in the background. Commands that only look something up do without it. */
  public void start() {
    chores.start();
  }

  /** Instances to register with Jakarta REST: resources, filters, error mappers. */
  public List<Object> restComponents() {
    List<ApiVersions> versions = List.of(IdentityService.versions(), RoomsService.versions());
    List<Object> components = new ArrayList<>(ErrorHandling.components());
    components.add(new ApiVersionFeature(versions));
    components.add(
        new AccessKeyFilter(
            new HmacVerifier(settings.publicEndpoint(), settings.clockSkew(), clock),
            resources,
            settings.maxBodyBytes()));
    components.add(new RepeatabilityFilter(REPEATABLE_FOR, settings.maxBodyBytes(), clock));
    components.addAll(identity.restComponents());
    components.addAll(rooms.restComponents());
    components.add(new OpenApiResource(new OpenApiDocuments(components, versions)));
    return components;
  }

  /** Users and their access tokens. */
  public IdentityService identity() {
    return identity;
  }

  /** Rooms and who may join them. */
  public RoomsService rooms() {
    return rooms;
  }

  /**
   * The connection string of the default resource with its primary key, a secret, in the one form
   * that all SDKs parse: endpoint first, with a slash at its end.
   */
  public String connectionString() {
    return "endpoint="
        + settings.publicEndpoint().resolve("/")
        + ";accesskey="
        + resources.primaryKey(resources.defaultResource().id()).reveal();
  }

  /** Stops what works in the background. The database stays open. */
  @Override
  public void close() {
    chores.close();
  }
}
