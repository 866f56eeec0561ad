package io.vaxel.control.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user of a resource.
 *
 * @param id the raw id
 * @param externalId the caller's own name for the user
 * @param createdAt when the user was made
 * @param lastTokenAt when the user last got a token, to the minute
 */
public record UserRecord(
    String id, @Nullable String externalId, Instant createdAt, @Nullable Instant lastTokenAt) {}
