package io.vaxel.control.phonenumbers.siprouting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All of a resource's SIP routing. Immutable.
 *
 * @param domains by name, in the order in which they came
 * @param trunks by host name, in the order in which they came
 * @param routes in the order in which they are tried
 */
public record SipConfiguration(
    Map<String, SipDomain> domains, Map<String, SipTrunk> trunks, List<SipRoute> routes) {
  /** What a resource has that never set anything. */
  public static final SipConfiguration EMPTY = new SipConfiguration(Map.of(), Map.of(), List.of());

  public SipConfiguration {
    domains = Collections.unmodifiableMap(new LinkedHashMap<>(domains));
    trunks = Collections.unmodifiableMap(new LinkedHashMap<>(trunks));
    routes = List.copyOf(routes);
  }

  /**
   * The routes whose pattern is found in a number, in order.
   *
   * @param number E.164 with its plus
   */
  public List<SipRoute> matching(String number) {
    return routes.stream()
        .filter(route -> NumberPattern.parse(route.numberPattern()).isIn(number))
        .toList();
  }
}
