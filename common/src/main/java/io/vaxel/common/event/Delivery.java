package io.vaxel.common.event;

import java.time.Instant;
import java.util.UUID;

/**
 * An event on its way to one subscription, taken by this process.
 *
 * @param eventId the same for every subscription and every attempt
 * @param data JSON
 * @param attempt which one this is, from 1
 * @param version of the row since it was taken
 */
record Delivery(
    UUID id,
    EventSubscription subscription,
    String eventId,
    String type,
    String subject,
    String data,
    Instant eventTime,
    Instant expiresAt,
    int attempt,
    long version) {}
