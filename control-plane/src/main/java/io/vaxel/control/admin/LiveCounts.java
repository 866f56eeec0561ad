package io.vaxel.control.admin;

/** What is live in this process now; met by the server. Safe for any thread; returns at once. */
@FunctionalInterface
public interface LiveCounts {
  /** The counts at this moment. */
  Counts now();

  /**
   * Counts.
   *
   * @param connections open sockets of the calling protocol
   * @param calls calls
   * @param participants participants of all calls
   */
  record Counts(int connections, int calls, int participants) {}
}
