package io.vaxel.control.resourcemanager;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A communication resource: the tenant that keys, users, numbers and rooms belong to.
 *
 * @param id never changes; part of the ids of its users. Azure calls it {@code immutableResourceId}
 * @param name unique in the server whatever its case; with a public domain it is a host name
 * @param place its subscription and group
 * @param region where its users are, such as {@code amer}
 * @param location where its data is kept, such as {@code unitedstates}
 * @param settings what its owner may change
 * @param notificationHubId the notification hub it was linked to
 * @param state whether it is in use or being deleted
 * @param version counts changes, from 1
 * @param history who made and changed it
 */
public record CommunicationResource(
    UUID id,
    String name,
    ResourcePlace place,
    String dataLocation,
    String region,
    String location,
    Settings settings,
    @Nullable String notificationHubId,
    State state,
    long version,
    ResourceHistory history) {

  /** States in the words of {@code provisioningState}. */
  public enum State {
    SUCCEEDED("Succeeded"),
    DELETING("Deleting");

    private final String wireName;

    State(String wireName) {
      this.wireName = wireName;
    }

    /** The name in JSON and in the database. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * What its owner may change.
   *
   * @param tags labels
   * @param linkedDomains ids of e-mail domains; kept, of no effect
   * @param publicNetworkAccess {@code Enabled}, {@code Disabled} or {@code SecuredByPerimeter};
   *     kept, of no effect
   * @param disableLocalAuth true: access keys do not open it, only bearers do
   * @param identity the managed identity, of no effect
   */
  public record Settings(
      Map<String, String> tags,
      List<String> linkedDomains,
      String publicNetworkAccess,
      boolean disableLocalAuth,
      @Nullable ManagedIdentity identity) {
    public Settings {
      tags = Map.copyOf(tags);
      linkedDomains = List.copyOf(linkedDomains);
    }

    /** What a resource has when nothing was said. */
    static Settings defaults() {
      return new Settings(Map.of(), List.of(), "Enabled", false, null);
    }
  }

  /** Whether callers get in. */
  public boolean inUse() {
    return state == State.SUCCEEDED;
  }
}
