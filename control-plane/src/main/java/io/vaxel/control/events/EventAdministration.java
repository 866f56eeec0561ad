package io.vaxel.control.events;

import io.vaxel.common.event.EventService;
import io.vaxel.common.event.EventSubscription;
import io.vaxel.common.event.EventSubscriptions;
import io.vaxel.common.event.InvalidSubscriptionException;
import io.vaxel.common.event.SubscriptionState;
import io.vaxel.common.storage.Database;
import io.vaxel.control.resourcemanager.CommunicationResource;
import io.vaxel.control.resourcemanager.CommunicationResources;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events put together with what operators see of them. Safe for any thread; blocks. */
public final class EventAdministration implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventAdministration.class);

  private final EventService events;
  private final CommunicationResources resources;
  private final EventSettings settings;
  private final URI endpoint;

  /**
   * @param endpoint where clients reach the server, with a slash at its end
   */
  public EventAdministration(
      Database database,
      CommunicationResources resources,
      EventSettings settings,
      URI endpoint,
      InstantSource clock) {
    EventService.Settings defaults = EventService.Settings.of(endpoint.resolve("/"));
    this.events =
        new EventService(
            database,
            new EventService.Settings(
                defaults.publicEndpoint(), settings.allowPrivateAddresses(), defaults.limits()),
            id -> topicOf(resources, id),
            clock);
    this.resources = resources;
    this.settings = settings;
    this.endpoint = defaults.publicEndpoint();
  }

  /** Instances to register with Jakarta REST. */
  public List<Object> restComponents() {
    ResourceNames names = new ResourceNames(resources);
    return List.of(
        new EventSubscriptionResource(events.subscriptions(), names),
        new DeadLetterResource(events.deadLetters(), names, endpoint),
        new ValidationResource(events));
  }

  /** The outbox and delivery. */
  public EventService events() {
    return events;
  }

  /** Makes or updates the subscriptions of the configuration and begins to deliver. */
  public void start() {
    settings.subscriptions().forEach(this::put);
    events.start();
  }

  private void put(EventSettings.Configured configured) {
    Optional<CommunicationResource> resource = resources.find(configured.resource());
    if (resource.isEmpty()) {
      LOG.warn(
          "Event subscription {} is of the resource {}, which is not there",
          configured.name(),
          configured.resource());
      return;
    }
    UUID id = resource.get().id();
    Optional<EventSubscription> present = events.subscriptions().find(id, configured.name());
    if (present.isPresent()
        && present.get().state() != SubscriptionState.FAILED
        && present.get().spec().equals(configured.spec())) {
      return;
    }
    try {
      if (events.subscriptions().put(id, configured.name(), configured.spec(), -1)
          instanceof EventSubscriptions.Full full) {
        LOG.warn(
            "Event subscription {} is one too many: {} has {}",
            configured.name(),
            configured.resource(),
            full.most());
      }
    } catch (InvalidSubscriptionException e) {
      LOG.warn("Event subscription {}: {}", configured.name(), e.getMessage());
    }
  }

  /** As Event Grid has it: the resource's id in Resource Manager. */
  private static String topicOf(CommunicationResources resources, UUID id) {
    return resources
        .find(id)
        .map(
            resource ->
                "/subscriptions/"
                    + resource.place().subscriptionId()
                    + "/resourceGroups/"
                    + resource.place().resourceGroup()
                    + "/providers/microsoft.communication/communicationservices/"
                    + resource.name())
        .orElse("/resources/" + id);
  }

  /** Stops to deliver. */
  @Override
  public void close() {
    events.close();
  }
}
