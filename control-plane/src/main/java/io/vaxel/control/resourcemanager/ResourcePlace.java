package io.vaxel.control.resourcemanager;

import java.util.Locale;
import java.util.UUID;

/**
 * Where a resource is in Azure's order of things. Groups are not made: a group is there when a
 * resource is in it.
 *
 * @param subscriptionId any GUID
 * @param resourceGroup as its first resource spelled it; case does not matter
 */
public record ResourcePlace(UUID subscriptionId, String resourceGroup) {
  /** Where the resource {@code default} is. */
  static final ResourcePlace DEFAULT = new ResourcePlace(new UUID(0, 0), "default");

  /** What the group is compared by. */
  String groupKey() {
    return resourceGroup.toLowerCase(Locale.ROOT);
  }
}
