package io.vaxel.control;

import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.vaxel.common.credential.Bearers;
import io.vaxel.common.credential.HmacVerifier;
import io.vaxel.common.credential.OperatorCredentialFilter;
import io.vaxel.common.credential.ResourceCredentialFilter;
import io.vaxel.common.error.ErrorHandling;
import io.vaxel.common.event.EventService;
import io.vaxel.common.limit.LimitFeature;
import io.vaxel.common.oidc.TrustedIssuers;
import io.vaxel.common.openapi.OpenApiDocuments;
import io.vaxel.common.openapi.OpenApiResource;
import io.vaxel.common.operation.OperationHandler;
import io.vaxel.common.operation.OperationLimits;
import io.vaxel.common.operation.OperationWorker;
import io.vaxel.common.operation.Operations;
import io.vaxel.common.repeat.RepeatabilityFilter;
import io.vaxel.common.repeat.RepeatableAnswers;
import io.vaxel.common.storage.Database;
import io.vaxel.common.token.OperatorTokens;
import io.vaxel.common.token.SigningKeys;
import io.vaxel.common.token.TokenRevocations;
import io.vaxel.common.version.ApiVersionFeature;
import io.vaxel.common.version.ApiVersions;
import io.vaxel.control.admin.AdminResource;
import io.vaxel.control.admin.AdminUsersResource;
import io.vaxel.control.events.EventAdministration;
import io.vaxel.control.events.EventSettings;
import io.vaxel.control.identity.IdentityService;
import io.vaxel.control.phonenumbers.PhoneNumbersService;
import io.vaxel.control.phonenumbers.siprouting.SipRoutingService;
import io.vaxel.control.resourcemanager.CommunicationResource;
import io.vaxel.control.resourcemanager.CommunicationResources;
import io.vaxel.control.resourcemanager.ConnectionString;
import io.vaxel.control.resourcemanager.ResourceHosts;
import io.vaxel.control.resourcemanager.ResourceManager;
import io.vaxel.control.resourcemanager.ResourceManagerService;
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
  private final ResourceHosts hosts;
  private final OperatorTokens operatorTokens;
  private final TrustedIssuers issuers;
  private final IdentityService identity;
  private final ResourceManagerService resourceManager;
  private final TokenRevocations revocations = new TokenRevocations();
  private final PhoneNumbersService phoneNumbers;
  private final SipRoutingService sipRouting;
  private final RepeatableAnswers answers;
  private final RoomsService rooms;
  private final EventAdministration events;
  private final Chores chores;
  private final OperationWorker operationWorker;

  /**
   * What can be set.
   *
   * @param publicEndpoint where clients reach the server, such as {@code https://host:8443/}
   * @param development whether pages on this machine get tokens without a back end
   * @param clockSkew how far the date of a signed request may be off, either way
   * @param maxBodyBytes longest body of a signed request
   * @param resources how resources and their callers are told apart
   * @param services what the services allow and keep
   * @param events where events may go, and subscriptions of the configuration
   */
  public record Settings(
      URI publicEndpoint,
      boolean development,
      Duration clockSkew,
      int maxBodyBytes,
      ResourceSettings resources,
      ServiceSettings services,
      EventSettings events) {
    /** Fifteen minutes is the usual window of Azure; no body of these services nears 1 MiB. */
    public static Settings of(URI publicEndpoint, boolean development) {
      return new Settings(
          publicEndpoint,
          development,
          Duration.ofMinutes(15),
          1 << 20,
          ResourceSettings.defaults(),
          ServiceSettings.defaults(),
          EventSettings.defaults());
    }

    /** The same with other settings of resources. */
    public Settings with(ResourceSettings other) {
      return new Settings(
          publicEndpoint, development, clockSkew, maxBodyBytes, other, services, events);
    }

    /** The same with other settings of services. */
    public Settings with(ServiceSettings other) {
      return new Settings(
          publicEndpoint, development, clockSkew, maxBodyBytes, resources, other, events);
    }

    /** The same with other settings of events. */
    public Settings with(EventSettings other) {
      return new Settings(
          publicEndpoint, development, clockSkew, maxBodyBytes, resources, services, other);
    }
  }

  /**
   * Makes the services on a database, not started yet, and the default resource when it is not
   * there yet.
   */
  public ControlPlane(Database database, Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    List<OctetSequenceKey> signingKeys = SigningKeys.loadOrCreate(database, clock);
    this.operatorTokens = new OperatorTokens(signingKeys, settings.publicEndpoint(), clock);
    this.issuers = new TrustedIssuers(settings.resources().issuers(), clock);
    this.resources = new CommunicationResources(database, new SecureRandom(), clock);
    this.hosts =
        new ResourceHosts(
            database,
            settings.publicEndpoint(),
            settings.resources().domain(),
            settings.resources().perHost());
    this.identity =
        new IdentityService(
            database,
            resources,
            hosts,
            signingKeys,
            issuers,
            revocations,
            settings.development(),
            clock);
    this.answers =
        new RepeatableAnswers(database, REPEATABLE_FOR, REPEATABLE_REQUESTS_OF_A_CALLER, clock);
    this.rooms =
        new RoomsService(database, answers, settings.services().roomsKeptAfterEnd(), clock);
    this.events =
        new EventAdministration(
            database, resources, settings.events(), settings.publicEndpoint(), clock);
    OperationLimits limits = OperationLimits.defaults();
    Operations operations = new Operations(database, limits, clock);
    this.phoneNumbers =
        new PhoneNumbersService(
            database,
            operations,
            events.events().outbox(),
            settings.services().phoneNumbers(),
            settings.development(),
            clock);
    this.sipRouting = new SipRoutingService(database, clock);
    this.chores =
        new Chores(
            List.of(answers::removeExpired, rooms::removeEnded, phoneNumbers::removeExpired));
    this.resourceManager =
        new ResourceManagerService(
            database,
            resources,
            hosts,
            operations,
            revocations,
            events.events().outbox(),
            settings.publicEndpoint(),
            List.of(
                operations::removeSome,
                identity.data(),
                rooms.data(),
                events.events()::removeSome));
    List<OperationHandler> handlers = new ArrayList<>(phoneNumbers.operationHandlers());
    handlers.add(resourceManager.deletion());
    this.operationWorker = new OperationWorker(database, operations, handlers, limits, clock);
  }

  /** Begins the work in the background. Commands that only look something up do without it. */
  public void start() {
    resumeWork();
    chores.start();
    operationWorker.start();
    events.start();
  }

  /** Takes up what a stop left undone; {@link #start} does it too. */
  public void resumeWork() {
    resourceManager.resume();
  }

  /**
   * Does what is to be done in the background now, on this thread, instead of {@link #start}.
   *
   * @throws InterruptedException when the thread is to stop
   */
  public void runBackgroundWork() throws InterruptedException {
    runOperations();
    events.events().runDue();
  }

  /** Does the operations that are due, on this thread. */
  public void runOperations() {
    operationWorker.runDue();
  }

  /** The tables of API versions of all services. */
  public static List<ApiVersions> versions() {
    return List.of(
        IdentityService.versions(),
        PhoneNumbersService.versions(),
        ResourceManagerService.versions(),
        RoomsService.versions(),
        SipRoutingService.versions());
  }

  /** Instances to register with Jakarta REST: resources, filters, error mappers. */
  public List<Object> restComponents() {
    List<ApiVersions> versions = versions();
    List<Object> components = new ArrayList<>(ErrorHandling.components());
    components.add(new ApiVersionFeature(versions));
    components.add(new RepeatabilityFilter(REPEATABLE_FOR, settings.maxBodyBytes(), clock));
    Bearers bearers = new Bearers(operatorTokens, issuers);
    components.add(
        new ResourceCredentialFilter(
            new HmacVerifier(settings.clockSkew(), clock),
            bearers,
            hosts,
            settings.resources().failedCredentialsPerMinute(),
            settings.maxBodyBytes(),
            clock));
    components.add(new OperatorCredentialFilter(bearers));
    components.add(new LimitFeature(settings.services().limits(), clock));
    components.addAll(resourceManager.restComponents());
    components.addAll(identity.restComponents());
    URI endpoint = settings.publicEndpoint().resolve("/");
    components.add(new AdminResource(resources, hosts, endpoint));
    components.add(new AdminUsersResource(resources, identity.identities(), endpoint));
    components.addAll(phoneNumbers.restComponents());
    components.addAll(sipRouting.restComponents());
    components.addAll(rooms.restComponents());
    components.addAll(events.restComponents());
    components.add(new OpenApiResource(new OpenApiDocuments(components, versions)));
    return components;
  }

  /** Users and their access tokens. */
  public IdentityService identity() {
    return identity;
  }

  /** Resources and their keys. */
  public ResourceManager resourceManager() {
    return resourceManager.manager();
  }

  /** Hears when tokens of users may have become void. */
  public TokenRevocations revocations() {
    return revocations;
  }

  /** Phone numbers and who owns them. */
  public PhoneNumbersService phoneNumbers() {
    return phoneNumbers;
  }

  /** Trunks and routes to the telephone network. */
  public SipRoutingService sipRouting() {
    return sipRouting;
  }

  /** Rooms and who may join them. */
  public RoomsService rooms() {
    return rooms;
  }

  /** Events and who gets them. */
  public EventService events() {
    return events.events();
  }

  /** Tokens that open resource management and the operator API. */
  public OperatorTokens operatorTokens() {
    return operatorTokens;
  }

  /**
   * The connection string of the default resource with its primary key, a secret, in the one form
   * that all SDKs parse: endpoint first, with a slash at its end.
   */
  public String connectionString() {
    CommunicationResource resource = resources.defaultResource();
    return ConnectionString.of(
        hosts.endpointOf(resource.name()), resources.keys().of(resource.id()).primary());
  }

  /** Stops what works in the background. The database stays open. */
  @Override
  public void close() {
    chores.close();
    operationWorker.close();
    events.close();
    issuers.close();
  }
}
