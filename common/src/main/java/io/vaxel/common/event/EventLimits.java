package io.vaxel.common.event;

import java.time.Duration;

/**
 * Limits and times of events.
 *
 * @param subscriptionsPerResource how many a resource may have
 * @param concurrent deliveries of this process under way at once
 * @param concurrentPerSubscription of them to one endpoint, so that a slow one holds up nobody else
 * @param answerTime how long an endpoint may take to answer
 * @param lease how long a delivery is kept from other processes; more than the answer time
 * @param validationTime how long an endpoint may take to agree
 * @param waitingPerSubscription deliveries that may wait; beyond it the oldest are dead-lettered
 * @param deadLettersPerResource beyond it the oldest are removed
 * @param deadLetterAge how long they are kept
 * @param dataLength of one event, characters of JSON
 * @param poll how often to look for work that another process or time made
 */
public record EventLimits(
    int subscriptionsPerResource,
    int concurrent,
    int concurrentPerSubscription,
    Duration answerTime,
    Duration lease,
    Duration validationTime,
    int waitingPerSubscription,
    int deadLettersPerResource,
    Duration deadLetterAge,
    int dataLength,
    Duration poll) {

  /**
   * Event Grid waits 30 s for an answer and 10 minutes for a validation, and takes events of 1 MB.
   * 256 deliveries are 256 sockets and virtual threads; 64 endpoints that hang use them up, which
   * is more than an operator leaves broken. 100,000 waiting events of 1 KiB take 100 MiB of disk.
   */
  public static EventLimits defaults() {
    return new EventLimits(
        50,
        256,
        4,
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofMinutes(10),
        100_000,
        10_000,
        Duration.ofDays(30),
        1 << 20,
        Duration.ofSeconds(1));
  }
}
