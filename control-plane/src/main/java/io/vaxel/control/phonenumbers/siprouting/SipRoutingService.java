package io.vaxel.control.phonenumbers.siprouting;

import io.vaxel.common.storage.Database;
import io.vaxel.common.version.ApiVersions;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** SIP routing put together: what the server needs of it. Safe for any thread; blocks. */
public final class SipRoutingService {
  private final SipConfigurations configurations;
  private volatile TrunkHealthSource health = (resourceId, fqdn) -> TrunkHealth.UNKNOWN;

  /** Opens the service on a database. */
  public SipRoutingService(Database database, InstantSource clock) {
    this.configurations = new SipConfigurations(database, clock);
  }

  /** The versions of its REST API. */
  public static ApiVersions versions() {
    return SipRoutingVersions.table();
  }

  /** Instances to register with Jakarta REST. */
  public List<Object> restComponents() {
    return List.of(
        new SipRoutingResource(
            configurations, (resourceId, fqdn) -> health.healthOf(resourceId, fqdn)),
        new SipRouteTestResource());
  }

  /** The configuration of a resource as it is on disk; the empty one when it never set any. */
  public SipConfiguration configurationOf(UUID resourceId) {
    return configurations.get(resourceId);
  }

  /**
   * Adds one who hears of every change from now on, and tells it what every resource has. A change
   * that comes meanwhile may be told before; the higher version holds.
   */
  public void addListener(SipRoutingListener listener) {
    configurations.addListener(listener);
  }

  /** Says who knows how trunks are; until then nothing is known of them. */
  public void healthFrom(TrunkHealthSource source) {
    health = source;
  }
}
