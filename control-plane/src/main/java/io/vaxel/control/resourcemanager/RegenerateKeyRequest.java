package io.vaxel.control.resourcemanager;

import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which key to replace.
 *
 * @param keyType {@code Primary} or {@code Secondary}
 */
record RegenerateKeyRequest(
    @Pattern(regexp = "(?i)Primary|Secondary", message = "must be Primary or Secondary")
        @Nullable String keyType) {}
