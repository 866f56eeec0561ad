package io.vaxel.control.events;

import io.vaxel.common.error.ApiException;
import io.vaxel.control.resourcemanager.CommunicationResource;
import io.vaxel.control.resourcemanager.CommunicationResources;
import java.util.UUID;

/** Finds the resource that a path of the operator API names. */
final class ResourceNames {
  private final CommunicationResources resources;

  ResourceNames(CommunicationResources resources) {
    this.resources = resources;
  }

  /**
   * Its id.
   *
   * @throws ApiException 404 when there is none
   */
  UUID idOf(String name) {
    return resources
        .find(name)
        .filter(CommunicationResource::inUse)
        .map(CommunicationResource::id)
        .orElseThrow(
            () -> new ApiException(404, "ResourceNotFound", "There is no such resource.", "name"));
  }
}
