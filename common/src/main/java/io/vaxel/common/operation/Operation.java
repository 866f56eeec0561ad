package io.vaxel.common.operation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A long-running operation as it stands.
 *
 * @param id {@code <kind>_<GUID>}
 * @param resourceId whose it is; nobody else sees it
 * @param kind which handler does it
 * @param input what was asked for, in the kind's own form
 * @param result what came of it, in the kind's own form; null before, and when there is nothing
 * @param error why it failed; null unless it did
 * @param lastActionAt the last change; null until something happened
 */
public record Operation(
    String id,
    UUID resourceId,
    String kind,
    OperationStatus status,
    String input,
    @Nullable String result,
    @Nullable OperationError error,
    Instant createdAt,
    @Nullable Instant lastActionAt) {}
