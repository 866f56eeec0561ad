package io.vaxel.control;

import io.vaxel.common.credential.AccessKeyFilter;
import io.vaxel.common.credential.HmacVerifier;
import io.vaxel.common.error.ErrorHandling;
import io.vaxel.common.operation.OperationLimits;
import io.vaxel.common.operation.OperationWorker;
import io.vaxel.common.operation.Operations;
import io.vaxel.common.storage.Database;
import io.vaxel.common.version.ApiVersionFeature;
import io.vaxel.control.identity.IdentityService;
import io.vaxel.control.phonenumbers.PhoneNumberLimits;
import io.vaxel.control.phonenumbers.PhoneNumbersService;
import io.vaxel.control.resourcemanager.CommunicationResources;
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
  private final Settings settings;
  private final InstantSource clock;
  private final CommunicationResources resources;
  private final IdentityService identity;
  private final PhoneNumbersService phoneNumbers;
  private final OperationWorker operationWorker;

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
    OperationLimits limits = OperationLimits.defaults();
    Operations operations = new Operations(database, limits, clock);
    this.phoneNumbers =
        new PhoneNumbersService(
            database, operations, PhoneNumberLimits.defaults(), settings.development(), clock);
    this.operationWorker =
        new OperationWorker(database, operations, phoneNumbers.operationHandlers(), limits, clock);
  }

  /** Begins the work in the background. Commands that only look something up do without it. */
  public void start() {
    operationWorker.start();
    phoneNumbers.start();
  }

  /** Does what is to be done in the background now, on this thread, instead of {@link #start}. */
  public void runBackgroundWork() {
    operationWorker.runDue();
  }

  /** Instances to register with Jakarta REST: resources, filters, error mappers. */
  public List<Object> restComponents() {
    List<Object> components = new ArrayList<>(ErrorHandling.components());
    components.add(
        new ApiVersionFeature(List.of(IdentityService.versions(), PhoneNumbersService.versions())));
    components.add(
        new AccessKeyFilter(
            new HmacVerifier(settings.publicEndpoint(), settings.clockSkew(), clock),
            resources,
            settings.maxBodyBytes()));
    components.addAll(identity.restComponents());
    components.addAll(phoneNumbers.restComponents());
    return components;
  }

  /** Users and their access tokens. */
  public IdentityService identity() {
    return identity;
  }

  /** Phone numbers and who owns them. */
  public PhoneNumbersService phoneNumbers() {
    return phoneNumbers;
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
    phoneNumbers.close();
    operationWorker.close();
  }
}
