package io.vaxel.common.operation;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Does the operations of one kind. */
public interface OperationHandler {
  /** The kind: the beginning of its operations' ids, letters and hyphens, unique in the server. */
  String kind();

  /**
   * Does one operation. What it writes and the operation's success are committed together, so it is
   * done wholly or not at all, also when the process is killed. It may run more than once before
   * that and must therefore touch nothing but the database. Blocks; on any thread.
   *
   * @return the result for the caller, in the kind's own form, or null
   * @throws OperationFailedException when it cannot be done; what it wrote is undone, and the
   *     operation fails with this error. Anything else that is thrown is tried again.
   */
  @Nullable String run(Handle sql, Operation operation) throws OperationFailedException;
}
