package io.vaxel.control.phonenumbers.siprouting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A configuration in an answer.
 *
 * @param domains by name; preview versions only
 * @param trunks by host name
 * @param routes in order
 */
record SipConfigurationBody(
    @Nullable Map<String, SipDomain> domains,
    Map<String, TrunkBody> trunks,
    List<SipRoute> routes) {

  /**
   * A trunk in an answer; all but the port in preview versions only.
   *
   * @param health when it was asked for
   */
  record TrunkBody(
      int sipSignalingPort,
      @Nullable Boolean enabled,
      @Nullable Boolean stepOutOfSignaling,
      @Nullable String privacyHeader,
      @Nullable String ipAddressVersion,
      @Nullable TrunkHealth health) {}

  /** Answer to testing routes. */
  record MatchingRoutes(List<SipRoute> matchingRoutes) {}

  /** As stable versions have it. */
  static SipConfigurationBody stable(SipConfiguration configuration) {
    Map<String, TrunkBody> trunks = new LinkedHashMap<>();
    configuration
        .trunks()
        .forEach(
            (fqdn, trunk) ->
                trunks.put(
                    fqdn, new TrunkBody(trunk.sipSignalingPort(), null, null, null, null, null)));
    List<SipRoute> routes =
        configuration.routes().stream()
            .map(
                route ->
                    new SipRoute(
                        route.name(),
                        route.description(),
                        route.numberPattern(),
                        route.trunks(),
                        null))
            .toList();
    return new SipConfigurationBody(null, trunks, routes);
  }

  /**
   * As preview versions have it.
   *
   * @param health tells a trunk's, or null when it was not asked for
   */
  static SipConfigurationBody preview(
      SipConfiguration configuration, Function<String, @Nullable TrunkHealth> health) {
    Map<String, TrunkBody> trunks = new LinkedHashMap<>();
    configuration
        .trunks()
        .forEach(
            (fqdn, trunk) ->
                trunks.put(
                    fqdn,
                    new TrunkBody(
                        trunk.sipSignalingPort(),
                        trunk.enabled(),
                        trunk.stepOutOfSignaling(),
                        trunk.privacyHeader(),
                        trunk.ipAddressVersion(),
                        health.apply(fqdn))));
    return new SipConfigurationBody(configuration.domains(), trunks, configuration.routes());
  }
}
