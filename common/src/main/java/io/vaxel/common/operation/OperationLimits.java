package io.vaxel.common.operation;

import java.time.Duration;

/**
 * Limits of long-running operations.
 *
 * @param workers operations that this process does at once
 * @param lease how long a worker that says nothing keeps an operation; several times what one takes
 * @param attempts how often an operation is begun before it fails
 * @param unfinishedPerResource how many a resource may have under way
 * @param retention how long a finished one can be asked for
 * @param poll how often to look for work that another process left
 */
public record OperationLimits(
    int workers,
    Duration lease,
    int attempts,
    int unfinishedPerResource,
    Duration retention,
    Duration poll) {

  /**
   * Four workers leave most of the pool of connections to requests, and do some hundred operations
   * a second. A handler has statements of 3 s at most and needs few of them: after 60 s its process
   * is gone. Nobody polls after 30 days.
   */
  public static OperationLimits defaults() {
    return new OperationLimits(
        4, Duration.ofSeconds(60), 8, 100, Duration.ofDays(30), Duration.ofSeconds(1));
  }

  /** The pause after an attempt that failed: 1, 2, 4 seconds and so on, a minute at most. */
  Duration pauseAfter(long attempt) {
    return Duration.ofSeconds(Math.min(60, 1L << Math.min(attempt - 1, 6)));
  }
}
