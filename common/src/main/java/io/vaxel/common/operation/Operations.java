package io.vaxel.common.operation;

import io.vaxel.common.background.Wakeup;
import io.vaxel.common.error.ApiException;
import io.vaxel.common.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Long-running operations as their callers see them. Safe for any thread; blocks.
 *
 * @see OperationWorker who does them
 */
public final class Operations {
  private final Database database;
  private final OperationLimits limits;
  private final InstantSource clock;
  private final Wakeup wakeup = new Wakeup();

  public Operations(Database database, OperationLimits limits, InstantSource clock) {
    this.database = database;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Starts an operation in the caller's transaction: it is there if and only if that commits, and
   * begins then.
   *
   * @param sql in a transaction
   * @param kind of a handler that the worker knows
   * @param input for the handler, in the kind's own form
   * @throws ApiException 429 when the resource has too many that are not finished
   */
  public Operation start(Handle sql, UUID resourceId, String kind, String input) {
    if (!sql.isInTransaction()) {
      throw new IllegalStateException("an operation is started in a transaction");
    }
    refuseTooMany(sql, resourceId);
    // As the database keeps it.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Operation started =
        new Operation(
            kind + "_" + UUID.randomUUID(),
            resourceId,
            kind,
            OperationStatus.NOT_STARTED,
            input,
            null,
            null,
            now,
            null);
    sql.createUpdate(
            "insert into operations (id, resource_id, kind, status, input, created_at, due_at,"
                + " attempts, version) values (:id, :resource, :kind, :status, :input, :now, :now,"
                + " 0, 0)")
        .bind("id", started.id())
        .bind("resource", resourceId.toString())
        .bind("kind", kind)
        .bind("status", started.status().wireName())
        .bind("input", input)
        .bind("now", now.toEpochMilli())
        .execute();
    sql.afterCommit(wakeup::wake);
    return started;
  }

  private void refuseTooMany(Handle sql, UUID resourceId) {
    int unfinished =
        sql.createQuery(
                "select count(*) from operations"
                    + " where resource_id = :resource and due_at is not null")
            .bind("resource", resourceId.toString())
            .mapTo(int.class)
            .one();
    if (unfinished >= limits.unfinishedPerResource()) {
      throw new ApiException(
              429,
              "TooManyRequests",
              "The resource has " + unfinished + " operations that are not finished.")
          .withHeader("Retry-After", "5");
    }
  }

  /** The operation of a resource with this id, if there is one, or was within the retention. */
  public Optional<Operation> find(UUID resourceId, String id) {
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(
                        "select * from operations where id = :id and resource_id = :resource")
                    .bind("id", id)
                    .bind("resource", resourceId.toString())
                    .map((row, context) -> OperationRows.operation(row))
                    .findOne());
  }

  /**
   * Cancels an operation that is not finished: it fails with {@link OperationError#CANCELED}, and
   * what a worker is doing for it is undone.
   *
   * @return whether it was cancelled; false when there is none or it is finished
   */
  public boolean cancel(UUID resourceId, String id) {
    return database.inTransaction(
            sql ->
                sql.createUpdate(
                        "update operations set status = 'failed', error_code = :code,"
                            + " error_message = :message, last_action_at = :now,"
                            + " finished_at = :now, due_at = null, version = version + 1"
                            + " where id = :id and resource_id = :resource"
                            + " and due_at is not null")
                    .bind("code", OperationError.CANCELED)
                    .bind("message", "The operation was canceled.")
                    .bind("now", clock.millis())
                    .bind("id", id)
                    .bind("resource", resourceId.toString())
                    .execute())
        > 0;
  }

  /**
   * Removes some operations of a resource that is being deleted, in the caller's transaction; what
   * a worker is doing for one of them is undone.
   *
   * @param most how many rows at most
   * @return how many were removed; fewer than {@code most} when nothing is left
   */
  public int removeSome(Handle sql, UUID resourceId, int most) {
    return sql.createUpdate(
            "delete from operations where id in"
                + " (select id from operations where resource_id = :resource limit :most)")
        .bind("resource", resourceId.toString())
        .bind("most", most)
        .execute();
  }

  /** Woken when an operation was started here. */
  Wakeup wakeup() {
    return wakeup;
  }
}
