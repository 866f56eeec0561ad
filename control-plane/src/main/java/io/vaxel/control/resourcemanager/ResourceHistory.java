package io.vaxel.control.resourcemanager;

import io.vaxel.common.credential.CallingOperator;
import java.time.Instant;

/**
 * Who made and changed a resource: {@code systemData}.
 *
 * @param createdBy who made it
 * @param createdAt when
 * @param modifiedBy who changed it last
 * @param modifiedAt when
 */
public record ResourceHistory(
    CallingOperator createdBy, Instant createdAt, CallingOperator modifiedBy, Instant modifiedAt) {}
