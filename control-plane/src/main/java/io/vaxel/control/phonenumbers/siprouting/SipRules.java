package io.vaxel.control.phonenumbers.siprouting;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a configuration must be like. The limits are those of ACS. */
final class SipRules {
  private static final int MOST = 250;
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_TEXT = 1024;

  /** A host name with at least two labels, whose last is no number: no address is one. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+"
              + "(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

  private SipRules() {}

  static void check(SipConfiguration configuration) throws SipRoutingException {
    checkDomains(configuration.domains());
    checkTrunks(configuration.trunks());
    checkRoutes(configuration.routes(), configuration.trunks().keySet());
  }

  private static void checkDomains(Map<String, SipDomain> domains) throws SipRoutingException {
    require(domains.size() <= MOST, "TooManyDomains", "There can be at most 250 domains.");
    checkHosts(domains.keySet(), "InvalidDomainName", "DuplicatedDomain");
  }

  private static void checkTrunks(Map<String, SipTrunk> trunks) throws SipRoutingException {
    require(trunks.size() <= MOST, "TooManyTrunks", "There can be at most 250 trunks.");
    checkHosts(trunks.keySet(), "InvalidTrunkFqdn", "DuplicatedTrunk");
    for (SipTrunk trunk : trunks.values()) {
      int port = trunk.sipSignalingPort();
      require(
          port >= 1 && port <= 65_535,
          "InvalidTrunkSipSignalingPort",
          "sipSignalingPort must be a whole number from 1 to 65535.");
      require(
          trunk.privacyHeader() == null || Set.of("ID", "None").contains(trunk.privacyHeader()),
          "InvalidTrunkPrivacyHeader",
          "privacyHeader must be ID or None.");
      require(
          trunk.ipAddressVersion() == null
              || Set.of("IPv4", "IPv6").contains(trunk.ipAddressVersion()),
          "InvalidTrunkIpAddressVersion",
          "ipAddressVersion must be IPv4 or IPv6.");
    }
  }

  private static void checkHosts(Set<String> names, String invalid, String duplicated)
      throws SipRoutingException {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      require(
          HOST.matcher(name).matches(),
          invalid,
          "'" + shown(name) + "' must be a host name such as sbc.example.com.");
      require(
          seen.add(name.toLowerCase(Locale.ROOT)), duplicated, "'" + name + "' is there twice.");
    }
  }

  private static void checkRoutes(List<SipRoute> routes, Set<String> trunks)
      throws SipRoutingException {
    require(routes.size() <= MOST, "TooManyRoutes", "There can be at most 250 routes.");
    Set<String> names = new HashSet<>();
    for (SipRoute route : routes) {
      String name = route.name();
      require(
          !name.isBlank() && name.length() <= LONGEST_NAME,
          "InvalidRouteName",
          "The name of a route must have 1 to 256 characters.");
      require(names.add(name), "DuplicatedRoute", "There are two routes '" + shown(name) + "'.");
      checkText(route.description(), "InvalidRouteDescription", "description");
      checkText(route.callerIdOverride(), "InvalidRouteCallerIdOverride", "callerIdOverride");
      checkPattern(route);
      checkTrunksOf(route, trunks);
    }
  }

  private static void checkText(@Nullable String text, String code, String field)
      throws SipRoutingException {
    require(
        text == null || (text.length() <= LONGEST_TEXT && text.indexOf('\0') < 0),
        code,
        "The " + field + " of a route must have at most 1024 characters.");
  }

  private static void checkPattern(SipRoute route) throws SipRoutingException {
    String pattern = route.numberPattern();
    require(
        !pattern.isEmpty() && pattern.length() <= LONGEST_TEXT,
        "InvalidRouteNumberPattern",
        "The numberPattern of a route must have 1 to 1024 characters.");
    try {
      NumberPattern.parse(pattern);
    } catch (IllegalArgumentException e) {
      throw new SipRoutingException(
          "InvalidRouteNumberPattern",
          "The numberPattern of route '"
              + shown(route.name())
              + "' cannot be used: "
              + e.getMessage()
              + ".");
    }
  }

  private static void checkTrunksOf(SipRoute route, Set<String> trunks) throws SipRoutingException {
    require(
        route.trunks().size() <= MOST,
        "TooManyRouteTrunks",
        "A route can have at most 250 trunks.");
    Set<String> seen = new HashSet<>();
    for (String trunk : route.trunks()) {
      require(
          seen.add(trunk),
          "RouteWithDuplicatedTrunk",
          "Route '" + shown(route.name()) + "' has a trunk twice.");
      require(
          trunks.contains(trunk),
          "RouteWithUnknownTrunk",
          "Route '"
              + shown(route.name())
              + "' uses trunk '"
              + shown(trunk)
              + "', which does not exist.");
    }
  }

  /** What a caller sent, short enough for a message. */
  static String shown(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }

  static void require(boolean holds, String code, String message) throws SipRoutingException {
    if (!holds) {
      throw new SipRoutingException(code, message);
    }
  }
}
