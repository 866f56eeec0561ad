package io.vaxel.common.credential;

import java.util.UUID;

/**
 * An access key and the resource that it opens.
 *
 * @param resourceId immutable id of the resource
 * @param key one of its two keys
 */
public record ResourceKey(UUID resourceId, AccessKeyValue key) {}
