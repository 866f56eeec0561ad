package io.vaxel.control.phonenumbers;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A number of the inventory as the operator sees it.
 *
 * @param number what it is
 * @param ownerId the resource that owns it; null when it is free
 * @param ownerName the name of that resource
 * @param heldUntil until when a search or reservation keeps it; null when none does
 */
public record StockEntry(
    StockNumber number,
    @Nullable UUID ownerId,
    @Nullable String ownerName,
    @Nullable Instant heldUntil) {}
