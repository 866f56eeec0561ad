package io.vaxel.control.phonenumbers;

import java.time.Instant;
import java.util.UUID;

/**
 * A number that a resource bought.
 *
 * @param resourceId the owner
 * @param stock the number as the carrier describes it
 * @param capabilities what the owner uses of it
 * @param purchasedAt when it was bought
 */
public record OwnedNumber(
    UUID resourceId, StockNumber stock, Capabilities capabilities, Instant purchasedAt) {}
