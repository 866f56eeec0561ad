package io.vaxel.control.resourcemanager;

import io.vaxel.common.operation.Operation;
import io.vaxel.common.operation.OperationHandler;
import io.vaxel.common.operation.Operations;
import io.vaxel.common.storage.Database;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Removes a resource that is being deleted, with everything that services keep for it. Each
 * operation removes one batch and starts the next one in the same transaction, so that none is long
 * and a process that is killed loses a batch at most. A resource that still says Deleting when the
 * server starts is taken up again.
 */
final class ResourceDeletion implements OperationHandler {
  static final String KIND = "delete-resource";

  /** Some milliseconds of work on SQLite, during which nobody else writes. */
  private static final int BATCH = 500;

  private final Database database;
  private final Operations operations;
  private final CommunicationResources resources;
  private final List<ResourceData> data;
  private final ResourceEvents events;

  ResourceDeletion(
      Database database,
      Operations operations,
      CommunicationResources resources,
      List<ResourceData> data,
      ResourceEvents events) {
    this.database = database;
    this.operations = operations;
    this.resources = resources;
    this.data = List.copyOf(data);
    this.events = events;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public @Nullable String run(Handle sql, Operation operation) {
    UUID id = UUID.fromString(operation.input());
    CommunicationResource resource = resources.find(sql, id).orElse(null);
    if (resource == null || resource.inUse()) {
      return null;
    }
    for (ResourceData part : data) {
      if (part.removeSome(sql, id, BATCH) == BATCH) {
        Operation _ = operations.start(sql, ResourceManager.OWNER, KIND, id.toString());
        return null;
      }
    }
    resources.remove(sql, id);
    events.deleted(sql, resource);
    return null;
  }

  /** Goes on with what a stop or a lost database left undone. */
  void resume() {
    database.useTransaction(
        sql ->
            resources
                .deleting(sql)
                .forEach(id -> operations.start(sql, ResourceManager.OWNER, KIND, id.toString())));
  }
}
