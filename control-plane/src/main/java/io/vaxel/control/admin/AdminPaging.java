package io.vaxel.control.admin;

import io.vaxel.common.error.ApiException;
import io.vaxel.control.resourcemanager.CommunicationResource;
import io.vaxel.control.resourcemanager.CommunicationResources;

/** What the paths of the operator API have in common. */
public final class AdminPaging {
  /** Most items of a page. */
  public static final int MOST = 1_000;

  private AdminPaging() {}

  /**
   * The resource that a path names.
   *
   * @throws ApiException 404 when there is none
   */
  public static CommunicationResource found(CommunicationResources resources, String name) {
    return resources
        .find(name)
        .orElseThrow(
            () -> new ApiException(404, "ResourceNotFound", "There is no such resource.", "name"));
  }
}
