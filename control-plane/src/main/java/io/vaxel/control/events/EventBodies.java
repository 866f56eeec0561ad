package io.vaxel.control.events;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import io.vaxel.common.error.ApiException;
import io.vaxel.common.event.DeadLetter;
import io.vaxel.common.event.DeliveryHeader;
import io.vaxel.common.event.EventSchema;
import io.vaxel.common.event.EventSubscription;
import io.vaxel.common.event.InvalidSubscriptionException;
import io.vaxel.common.event.SubscriptionSpec;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of the operator API of events; fields are named as in Event Grid's own API. */
final class EventBodies {
  private EventBodies() {}

  /** A header of every delivery. The value goes in and never comes out. */
  record HeaderBody(@Nullable String name, @Nullable String value) {}

  /** A subscription as an operator wants it. */
  record PutSubscription(
      @Nullable String endpointUrl,
      @Schema(allowableValues = {"EventGridSchema", "CloudEventSchemaV1_0"})
          @Nullable String eventDeliverySchema,
      @Size(max = 100, message = "must hold 100 types at most")
          @Nullable List<@Nullable String> includedEventTypes,
      @Nullable String subjectBeginsWith,
      @Nullable String subjectEndsWith,
      @Nullable HeaderBody deliveryHeader,
      @Nullable Integer maxDeliveryAttempts,
      @Nullable Integer eventTimeToLiveInMinutes) {

    /**
     * The specification, with the defaults of Event Grid.
     *
     * @param present whose secret is kept when the header comes without one
     * @throws ApiException 400 that names the field which is at fault
     */
    SubscriptionSpec toSpec(@Nullable EventSubscription present) {
      String schemaName =
          eventDeliverySchema == null ? EventSchema.EVENT_GRID.wireName() : eventDeliverySchema;
      EventSchema schema =
          EventSchema.of(schemaName)
              .orElseThrow(
                  () ->
                      invalid(
                          "eventDeliverySchema",
                          "eventDeliverySchema must be EventGridSchema or CloudEventSchemaV1_0."));
      try {
        return new SubscriptionSpec(
                SubscriptionSpec.endpoint(endpointUrl == null ? "" : endpointUrl),
                schema,
                types(),
                subjectBeginsWith == null ? "" : subjectBeginsWith,
                subjectEndsWith == null ? "" : subjectEndsWith,
                header(present),
                maxDeliveryAttempts == null ? SubscriptionSpec.MOST_ATTEMPTS : maxDeliveryAttempts,
                eventTimeToLiveInMinutes == null
                    ? SubscriptionSpec.LONGEST_TTL
                    : eventTimeToLiveInMinutes)
            .checked();
      } catch (InvalidSubscriptionException e) {
        throw invalid(e.field(), e.getMessage() + ".");
      }
    }

    private List<String> types() {
      List<String> types = new ArrayList<>();
      for (String type : includedEventTypes == null ? List.<String>of() : includedEventTypes) {
        if (type == null) {
          throw invalid("includedEventTypes", "includedEventTypes must not hold null.");
        }
        types.add(type);
      }
      return types;
    }

    private @Nullable DeliveryHeader header(@Nullable EventSubscription present) {
      if (deliveryHeader == null) {
        return null;
      }
      String name = deliveryHeader.name();
      if (name == null) {
        throw invalid("deliveryHeader.name", "deliveryHeader.name must be given.");
      }
      String value = deliveryHeader.value();
      if (value != null) {
        return new DeliveryHeader(name, value);
      }
      DeliveryHeader kept = present == null ? null : present.spec().header();
      if (kept != null && kept.name().equals(name)) {
        return kept;
      }
      throw invalid("deliveryHeader.value", "deliveryHeader.value must be given.");
    }
  }

  static ApiException invalid(String field, String message) {
    return new ApiException(400, "ValidationError", message, field);
  }

  /** A subscription as it stands; the header's value is left out. */
  record SubscriptionBody(
      String name,
      String endpointUrl,
      String eventDeliverySchema,
      List<String> includedEventTypes,
      String subjectBeginsWith,
      String subjectEndsWith,
      @Nullable HeaderBody deliveryHeader,
      int maxDeliveryAttempts,
      int eventTimeToLiveInMinutes,
      String state,
      String stateReason,
      String createdAt,
      String updatedAt) {
    static SubscriptionBody of(EventSubscription subscription) {
      SubscriptionSpec spec = subscription.spec();
      DeliveryHeader header = spec.header();
      return new SubscriptionBody(
          subscription.name(),
          spec.endpoint().toString(),
          spec.schema().wireName(),
          spec.includedTypes(),
          spec.subjectBeginsWith(),
          spec.subjectEndsWith(),
          header == null ? null : new HeaderBody(header.name(), null),
          spec.maxAttempts(),
          spec.ttlMinutes(),
          subscription.state().wireName(),
          subscription.stateReason(),
          subscription.createdAt().toString(),
          subscription.updatedAt().toString());
    }
  }

  /** All subscriptions of a resource: there are few. */
  record SubscriptionList(List<SubscriptionBody> value) {}

  /**
   * A dead letter.
   *
   * @param data of the event, JSON as it would have been delivered
   */
  record DeadLetterBody(
      String id,
      String subscription,
      String eventId,
      String eventType,
      String subject,
      @JsonRawValue @Schema(type = "object") String data,
      String eventTime,
      int deliveryAttempts,
      String deadLetterReason,
      String lastDeliveryOutcome,
      String deadLetteredAt) {
    static DeadLetterBody of(DeadLetter letter) {
      return new DeadLetterBody(
          letter.id().toString(),
          letter.subscriptionName(),
          letter.eventId(),
          letter.eventType(),
          letter.subject(),
          letter.data(),
          letter.eventTime().toString(),
          letter.attempts(),
          letter.reason(),
          letter.lastOutcome(),
          letter.deadAt().toString());
    }
  }

  /** A page of dead letters, the oldest first. */
  record DeadLetterPage(List<DeadLetterBody> value, @Nullable URI nextLink) {}

  /** How many dead letters are on their way again. */
  record Replayed(long replayed) {}
}
