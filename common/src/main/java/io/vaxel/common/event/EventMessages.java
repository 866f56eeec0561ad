package io.vaxel.common.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/**
 * The requests that endpoints get.
 *
 * @see <a href="https://learn.microsoft.com/azure/event-grid/event-schema">Event Grid schema</a>
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md">HTTP
 *     webhooks for CloudEvents</a>
 */
final class EventMessages {
  private final ObjectMapper json;
  private final URI publicEndpoint;
  private final Function<UUID, String> topics;
  private final Duration answerTime;

  /**
   * For a server.
   *
   * @param publicEndpoint where endpoints reach the server, with a slash at its end
   * @param topics the topic of a resource: its id in Resource Manager
   */
  EventMessages(
      ObjectMapper json, URI publicEndpoint, Function<UUID, String> topics, Duration answerTime) {
    this.json = json;
    this.publicEndpoint = publicEndpoint;
    this.topics = topics;
    this.answerTime = answerTime;
  }

  /** One event. */
  HttpRequest notification(Delivery delivery) {
    EventSubscription subscription = delivery.subscription();
    HttpRequest.Builder request =
        to(subscription)
            .header("aeg-event-type", "Notification")
            // Attempts before this one.
            .header("aeg-delivery-count", Integer.toString(delivery.attempt() - 1));
    return switch (subscription.spec().schema()) {
      case EVENT_GRID ->
          request
              .header("Content-Type", "application/json; charset=utf-8")
              .header("aeg-data-version", "1.0")
              .header("aeg-metadata-version", "1")
              .POST(BodyPublishers.ofString(eventGrid(delivery)))
              .build();
      case CLOUD_EVENTS ->
          request
              .header("Content-Type", "application/cloudevents+json; charset=utf-8")
              .POST(BodyPublishers.ofString(cloudEvent(delivery)))
              .build();
    };
  }

  /** The question whether an endpoint of this subscription wants events. */
  HttpRequest validation(EventSubscription subscription, String code, Instant now) {
    URI callback = validationUrl(subscription.id(), code);
    return switch (subscription.spec().schema()) {
      case EVENT_GRID ->
          to(subscription)
              .header("aeg-event-type", "SubscriptionValidation")
              .header("Content-Type", "application/json; charset=utf-8")
              .header("aeg-data-version", "2")
              .header("aeg-metadata-version", "1")
              .POST(BodyPublishers.ofString(validationEvent(subscription, code, callback, now)))
              .build();
      case CLOUD_EVENTS ->
          to(subscription)
              .header("WebHook-Request-Origin", origin())
              .header("WebHook-Request-Callback", callback.toString())
              .header("WebHook-Request-Rate", "120")
              .method("OPTIONS", BodyPublishers.noBody())
              .build();
    };
  }

  /** Who asks: the host of the server. */
  String origin() {
    return String.valueOf(publicEndpoint.getHost());
  }

  private URI validationUrl(UUID subscription, String code) {
    return publicEndpoint.resolve("events/validation?id=" + subscription + "&code=" + code);
  }

  private HttpRequest.Builder to(EventSubscription subscription) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(subscription.spec().endpoint())
            .timeout(answerTime)
            .header("aeg-subscription-name", subscription.name());
    DeliveryHeader header = subscription.spec().header();
    return header == null ? request : request.setHeader(header.name(), header.value());
  }

  private String validationEvent(
      EventSubscription subscription, String code, URI callback, Instant now) {
    ObjectNode event =
        json.createObjectNode()
            .put("id", UUID.randomUUID().toString())
            .put("topic", topics.apply(subscription.resourceId()))
            .put("subject", "")
            .put("eventType", "Microsoft.EventGrid.SubscriptionValidationEvent")
            .put("eventTime", now.toString())
            .put("metadataVersion", "1")
            .put("dataVersion", "2");
    event.putObject("data").put("validationCode", code).put("validationUrl", callback.toString());
    ArrayNode events = json.createArrayNode().add(event);
    return events.toString();
  }

  private String eventGrid(Delivery delivery) {
    ObjectNode event =
        json.createObjectNode()
            .put("id", delivery.eventId())
            .put("topic", topics.apply(delivery.subscription().resourceId()))
            .put("subject", delivery.subject())
            .put("eventType", delivery.type())
            .put("eventTime", delivery.eventTime().toString())
            .put("dataVersion", "1.0")
            .put("metadataVersion", "1");
    addData(event, delivery);
    ArrayNode events = json.createArrayNode().add(event);
    return events.toString();
  }

  private String cloudEvent(Delivery delivery) {
    ObjectNode event =
        json.createObjectNode()
            .put("specversion", "1.0")
            .put("id", delivery.eventId())
            .put("source", topics.apply(delivery.subscription().resourceId()))
            .put("subject", delivery.subject())
            .put("type", delivery.type())
            .put("time", delivery.eventTime().toString());
    addData(event, delivery);
    return event.toString();
  }

  private void addData(ObjectNode event, Delivery delivery) {
    try {
      event.set("data", json.readTree(delivery.data()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the data of an event in the outbox is no JSON", e);
    }
  }
}
