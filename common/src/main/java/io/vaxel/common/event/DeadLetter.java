package io.vaxel.common.event;

import java.time.Instant;
import java.util.UUID;

/**
 * An event that could not be delivered to a subscription.
 *
 * @param id of the dead letter
 * @param data of the event, JSON
 * @param reason one of Event Grid's: {@code MaxDeliveryAttemptsExceeded}, {@code
 *     TimeToLiveExceeded}, {@code UndeliverableDueToClientError}; or {@code TooManyWaiting}
 * @param lastOutcome of the last attempt, such as {@code HTTP 500}; empty when there was none
 */
public record DeadLetter(
    UUID id,
    String subscriptionName,
    String eventId,
    String eventType,
    String subject,
    String data,
    Instant eventTime,
    int attempts,
    String reason,
    String lastOutcome,
    Instant deadAt) {}
