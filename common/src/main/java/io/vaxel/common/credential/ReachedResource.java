package io.vaxel.common.credential;

import java.net.URI;
import java.util.List;
import java.util.UUID;

/**
 * A resource as its callers reach it.
 *
 * @param id its immutable id
 * @param endpoint where clients reach it, with a slash at the end
 * @param keysAllowed whether access keys open it; false when {@code disableLocalAuth} is set
 * @param keys its access keys in force
 */
public record ReachedResource(
    UUID id, URI endpoint, boolean keysAllowed, List<AccessKeyValue> keys) {
  public ReachedResource {
    keys = List.copyOf(keys);
  }
}
