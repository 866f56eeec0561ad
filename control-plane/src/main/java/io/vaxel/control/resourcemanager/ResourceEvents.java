package io.vaxel.control.resourcemanager;

import io.vaxel.common.credential.CallingOperator;
import io.vaxel.common.event.Event;
import io.vaxel.common.event.EventOutbox;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Tells subscribers of resources that were written or deleted. In Azure such events are those of a
 * subscription or group, not of the resource; here they go to the subscribers of the resource
 * {@code default}, which stands for the server and outlives the others.
 *
 * @see <a href="https://learn.microsoft.com/azure/event-grid/event-schema-subscriptions">the events
 *     of Azure subscriptions</a>
 */
final class ResourceEvents {
  private static final String PROVIDER = "Microsoft.Communication";

  private final EventOutbox outbox;
  private final UUID defaultResource;

  ResourceEvents(EventOutbox outbox, UUID defaultResource) {
    this.outbox = outbox;
    this.defaultResource = defaultResource;
  }

  /** A resource was made or changed, in this transaction. */
  void written(Handle sql, CommunicationResource resource) {
    append(sql, resource, "Microsoft.Resources.ResourceWriteSuccess", "write");
  }

  /** A resource was deleted, in this transaction. */
  void deleted(Handle sql, CommunicationResource resource) {
    append(sql, resource, "Microsoft.Resources.ResourceDeleteSuccess", "delete");
  }

  private void append(Handle sql, CommunicationResource resource, String type, String action) {
    String id = ArmResource.idOf(resource);
    CallingOperator caller = resource.history().modifiedBy();
    String operation = ArmResource.TYPE + "/" + action;
    outbox.append(
        sql,
        new Event(
            defaultResource,
            type,
            id,
            Map.of(
                "authorization",
                Map.of("scope", id, "action", operation),
                "claims",
                Map.of("name", caller.name(), "idtyp", caller.type().wireName()),
                "resourceProvider",
                PROVIDER,
                "resourceUri",
                id,
                "operationName",
                operation,
                "status",
                "Succeeded",
                "subscriptionId",
                resource.place().subscriptionId().toString())));
  }
}
