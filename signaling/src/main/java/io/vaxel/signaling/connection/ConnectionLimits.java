package io.vaxel.signaling.connection;

import java.time.Duration;

/**
 * What one connection may do.
 *
 * @param helloTimeout how long Hello and its check may take
 * @param pingInterval asked of clients in Welcome; three silent intervals close the connection
 * @param messageBytes longest message
 * @param messagesPerSecond messages a client may send in the long run; each 16 KiB count as one
 *     more
 * @param burst messages at once
 * @param refusedPerSecond messages above the rate, each answered with an error, before the
 *     connection is closed
 * @param refusedBurst the same, at once
 * @param waiting requests that wait for the one before them
 * @param outputBytes bytes that a slow reader may leave unread before it is cut off
 * @param checksAtOnce tokens that are being checked for all connections together
 */
public record ConnectionLimits(
    Duration helloTimeout,
    Duration pingInterval,
    int messageBytes,
    int messagesPerSecond,
    int burst,
    int refusedPerSecond,
    int refusedBurst,
    int waiting,
    int outputBytes,
    int checksAtOnce) {

  /** What docs/calling/errors.md and the protocol's comments promise. */
  public static ConnectionLimits defaults() {
    return new ConnectionLimits(
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        256 << 10,
        50,
        100,
        20,
        200,
        100,
        4 << 20,
        1_024);
  }
}
