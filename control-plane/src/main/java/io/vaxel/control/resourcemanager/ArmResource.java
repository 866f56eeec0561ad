package io.vaxel.control.resourcemanager;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resource as ARM shows it: {@code CommunicationServiceResource}.
 *
 * @param location always {@code global}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ArmResource(
    String id,
    String name,
    String type,
    String location,
    Map<String, String> tags,
    @Nullable ManagedIdentity identity,
    SystemData systemData,
    Properties properties) {
  /** The resource type. */
  static final String TYPE = "Microsoft.Communication/CommunicationServices";

  /** Who made and changed it; instants are ISO 8601. */
  record SystemData(
      String createdBy,
      String createdByType,
      String createdAt,
      String lastModifiedBy,
      String lastModifiedByType,
      String lastModifiedAt) {}

  /**
   * What is its own.
   *
   * @param hostName where clients reach it, with the port unless that is 443
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Properties(
      String provisioningState,
      String hostName,
      String dataLocation,
      @Nullable String notificationHubId,
      String version,
      String immutableResourceId,
      List<String> linkedDomains,
      String publicNetworkAccess,
      boolean disableLocalAuth) {}

  /** The ARM id of a resource. */
  static String idOf(CommunicationResource resource) {
    return "/subscriptions/"
        + resource.place().subscriptionId()
        + "/resourceGroups/"
        + resource.place().resourceGroup()
        + "/providers/"
        + TYPE
        + "/"
        + resource.name();
  }

  static ArmResource of(CommunicationResource resource, ResourceHosts hosts) {
    ResourceHistory history = resource.history();
    return new ArmResource(
        idOf(resource),
        resource.name(),
        TYPE,
        "global",
        resource.settings().tags(),
        resource.settings().identity(),
        new SystemData(
            history.createdBy().name(),
            history.createdBy().type().wireName(),
            history.createdAt().toString(),
            history.modifiedBy().name(),
            history.modifiedBy().type().wireName(),
            history.modifiedAt().toString()),
        new Properties(
            resource.state().wireName(),
            hosts.endpointOf(resource.name()).getRawAuthority(),
            resource.dataLocation(),
            resource.notificationHubId(),
            Long.toString(resource.version()),
            resource.id().toString(),
            resource.settings().linkedDomains(),
            resource.settings().publicNetworkAccess(),
            resource.settings().disableLocalAuth()));
  }

  /**
   * A page of resources.
   *
   * @param nextLink the next page, absolute; absent on the last
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<ArmResource> value, @Nullable String nextLink) {}
}
