package io.vaxel.common.operation;

import io.vaxel.common.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Who works on which operation, for any number of processes on one database: an operation that is
 * due is taken by a conditional update, which only one of them can do, and is due again when the
 * lease runs out. Safe for any thread; blocks.
 */
final class OperationLeases {
  /** Candidates to read at once: others may take the first ones at the same moment. */
  private static final int CANDIDATES = 8;

  private static final int SWEEP_BATCH = 500;

  private final Database database;
  private final OperationLimits limits;
  private final InstantSource clock;

  OperationLeases(Database database, OperationLimits limits, InstantSource clock) {
    this.database = database;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * An operation that was taken.
   *
   * @param version of the row since then
   * @param attempt which beginning this is, from 1
   */
  record Lease(Operation operation, long version, long attempt) {}

  /** Takes an operation that is due, of one of these kinds. */
  Optional<Lease> takeNext(Set<String> kinds) {
    Instant now = clock.instant();
    for (Lease candidate : due(kinds, now)) {
      if (take(candidate, now)) {
        return Optional.of(
            new Lease(candidate.operation(), candidate.version() + 1, candidate.attempt() + 1));
      }
    }
    return Optional.empty();
  }

  private List<Lease> due(Set<String> kinds, Instant now) {
    if (kinds.isEmpty()) {
      return List.of();
    }
    return database
        .jdbi()
        .withHandle(
            sql ->
                sql.createQuery(
                        "select * from operations where due_at <= :now and kind in (<kinds>)"
                            + " order by due_at limit "
                            + CANDIDATES)
                    .bind("now", now.toEpochMilli())
                    .bindList("kinds", List.copyOf(kinds))
                    .map(
                        (row, context) ->
                            new Lease(
                                OperationRows.operation(row),
                                row.getLong("version"),
                                row.getLong("attempts")))
                    .list());
  }

  private boolean take(Lease candidate, Instant now) {
    return database.inTransaction(
            sql ->
                sql.createUpdate(
                        "update operations set status = 'running', attempts = attempts + 1,"
                            + " version = version + 1, due_at = :due, last_action_at = :now"
                            + " where id = :id and version = :version and due_at is not null")
                    .bind("due", now.plus(limits.lease()).toEpochMilli())
                    .bind("now", now.toEpochMilli())
                    .bind("id", candidate.operation().id())
                    .bind("version", candidate.version())
                    .execute())
        > 0;
  }

  /**
   * Ends an operation in a transaction.
   *
   * @return whether the lease still held; when not, the transaction must be rolled back
   */
  boolean finish(Handle sql, Lease lease, @Nullable String result, @Nullable OperationError error) {
    return sql.createUpdate(
                "update operations set status = :status, result = :result, error_code = :code,"
                    + " error_message = :message, last_action_at = :now, finished_at = :now,"
                    + " due_at = null, version = version + 1"
                    + " where id = :id and version = :version")
            .bind(
                "status",
                (error == null ? OperationStatus.SUCCEEDED : OperationStatus.FAILED).wireName())
            .bind("result", result)
            .bind("code", error == null ? null : error.code())
            .bind("message", error == null ? null : error.message())
            .bind("now", clock.millis())
            .bind("id", lease.operation().id())
            .bind("version", lease.version())
            .execute()
        > 0;
  }

  /** Gives an operation back, to be taken again after a pause. */
  void giveBack(Lease lease, Duration pause) {
    database.useTransaction(
        sql ->
            sql.createUpdate(
                    "update operations set due_at = :due, version = version + 1"
                        + " where id = :id and version = :version")
                .bind("due", clock.instant().plus(pause).toEpochMilli())
                .bind("id", lease.operation().id())
                .bind("version", lease.version())
                .execute());
  }

  /** Removes what was finished before the retention, in batches that lock little. */
  void removeOld() {
    long before = clock.instant().minus(limits.retention()).toEpochMilli();
    int removed;
    do {
      removed =
          database.inTransaction(
              sql ->
                  sql.createUpdate(
                          "delete from operations where id in (select id from operations"
                              + " where finished_at < :before limit "
                              + SWEEP_BATCH
                              + ")")
                      .bind("before", before)
                      .execute());
    } while (removed == SWEEP_BATCH);
  }
}
