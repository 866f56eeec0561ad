package io.vaxel.common.event;

import java.util.Arrays;
import java.util.Optional;

/** The form of a delivery. */
public enum EventSchema {
  /** Event Grid's own: an array of one event. */
  EVENT_GRID("EventGridSchema"),

  /** CloudEvents 1.0, structured JSON. */
  CLOUD_EVENTS("CloudEventSchemaV1_0");

  private final String wireName;

  EventSchema(String wireName) {
    this.wireName = wireName;
  }

  /** The name in JSON, in settings and in the database. */
  public String wireName() {
    return wireName;
  }

  /** The schema of that name, if there is one. */
  public static Optional<EventSchema> of(String wireName) {
    return Arrays.stream(values()).filter(schema -> schema.wireName.equals(wireName)).findFirst();
  }
}
