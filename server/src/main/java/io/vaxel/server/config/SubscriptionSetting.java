package io.vaxel.server.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.vaxel.common.event.DeliveryHeader;
import io.vaxel.common.event.EventSchema;
import io.vaxel.common.event.InvalidSubscriptionException;
import io.vaxel.common.event.SubscriptionSpec;
import io.vaxel.control.events.EventSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An event subscription in the settings. Unlike other settings most of its keys may be left out.
 *
 * @param configured as the control plane takes it
 */
public record SubscriptionSetting(EventSettings.Configured configured) {
  private static final Set<String> KEYS =
      Set.of(
          "resource",
          "name",
          "endpoint",
          "schema",
          "included-types",
          "subject-begins-with",
          "subject-ends-with",
          "header-name",
          "header-value",
          "max-attempts",
          "ttl-minutes");

  /**
   * Reads the settings of one.
   *
   * @throws IllegalArgumentException that names the key which is at fault
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static SubscriptionSetting of(Map<String, Object> settings) {
    for (String key : settings.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException("a subscription has no " + key);
      }
    }
    String schema = text(settings, "schema", EventSchema.EVENT_GRID.wireName());
    String headerName = text(settings, "header-name", "");
    try {
      return new SubscriptionSetting(
          new EventSettings.Configured(
              required(settings, "resource"),
              required(settings, "name"),
              new SubscriptionSpec(
                      SubscriptionSpec.endpoint(required(settings, "endpoint")),
                      EventSchema.of(schema)
                          .orElseThrow(
                              () ->
                                  new IllegalArgumentException(
                                      "schema is EventGridSchema or CloudEventSchemaV1_0")),
                      types(settings),
                      text(settings, "subject-begins-with", ""),
                      text(settings, "subject-ends-with", ""),
                      headerName.isEmpty()
                          ? null
                          : new DeliveryHeader(headerName, required(settings, "header-value")),
                      number(settings, "max-attempts", SubscriptionSpec.MOST_ATTEMPTS),
                      number(settings, "ttl-minutes", SubscriptionSpec.LONGEST_TTL))
                  .checked()));
    } catch (InvalidSubscriptionException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String required(Map<String, Object> settings, String key) {
    String value = text(settings, key, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a subscription needs " + key);
    }
    return value;
  }

  private static String text(Map<String, Object> settings, String key, String otherwise) {
    return switch (settings.getOrDefault(key, otherwise)) {
      case String text -> text;
      default -> throw new IllegalArgumentException(key + " is a text");
    };
  }

  private static int number(Map<String, Object> settings, String key, int otherwise) {
    return switch (settings.getOrDefault(key, otherwise)) {
      case Integer number -> number;
      default -> throw new IllegalArgumentException(key + " is a number");
    };
  }

  private static List<String> types(Map<String, Object> settings) {
    if (settings.getOrDefault("included-types", List.of()) instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    throw new IllegalArgumentException("included-types is a list");
  }

  /** Without the header's value. */
  @Override
  public String toString() {
    return configured.resource() + "/" + configured.name();
  }
}
