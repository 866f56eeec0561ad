package io.vaxel.common.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it stands.
 *
 * @param name unique in its resource
 * @param stateReason why it is in that state, for people
 * @param allowedRate deliveries a minute that the endpoint asked for; null when it did not
 * @param version counts changes, from 1
 */
public record EventSubscription(
    UUID id,
    UUID resourceId,
    String name,
    SubscriptionSpec spec,
    SubscriptionState state,
    String stateReason,
    @Nullable Integer allowedRate,
    long version,
    Instant createdAt,
    Instant updatedAt) {}
