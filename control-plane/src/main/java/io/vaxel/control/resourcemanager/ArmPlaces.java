package io.vaxel.control.resourcemanager;

import java.util.UUID;
import java.util.regex.Pattern;

/** Reads the parts of ARM paths that say where a resource is. */
final class ArmPlaces {
  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private ArmPlaces() {}

  static UUID subscription(String subscriptionId) {
    if (!GUID.matcher(subscriptionId).matches()) {
      throw ArmErrors.invalidSubscription();
    }
    return UUID.fromString(subscriptionId);
  }

  static ResourcePlace of(String subscriptionId, String resourceGroup) {
    if (!ResourceRules.isGroup(resourceGroup)) {
      throw ArmErrors.invalidGroup();
    }
    return new ResourcePlace(subscription(subscriptionId), resourceGroup);
  }
}
