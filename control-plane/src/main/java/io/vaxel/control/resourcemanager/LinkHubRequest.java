package io.vaxel.control.resourcemanager;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A notification hub.
 *
 * @param resourceId its ARM id
 * @param connectionString a secret, which is not kept
 */
record LinkHubRequest(
    @Size(min = 1, max = 1024, message = "must have 1 to 1024 characters")
        @Nullable String resourceId,
    @Size(min = 1, max = 2048, message = "must have 1 to 2048 characters")
        @Nullable String connectionString) {
  /** Leaves out the secret. */
  @Override
  public String toString() {
    return "LinkHubRequest[" + resourceId + "]";
  }
}
