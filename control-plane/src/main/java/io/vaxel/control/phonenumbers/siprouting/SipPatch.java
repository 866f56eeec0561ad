package io.vaxel.control.phonenumbers.siprouting;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a configuration: a JSON merge patch (RFC 7396). Domains and trunks are changed one by
 * one, null removes; routes are replaced as a whole, because their order is what counts.
 */
final class SipPatch {
  private final JsonNode patch;
  private final boolean preview;

  /**
   * @param patch the body as it was sent
   * @param preview whether the caller speaks a preview version, which has more fields
   */
  SipPatch(JsonNode patch, boolean preview) {
    this.patch = patch;
    this.preview = preview;
  }

  /**
   * The configuration after the change.
   *
   * @throws SipRoutingException when the patch or what comes of it is not valid
   */
  SipConfiguration applyTo(SipConfiguration before) throws SipRoutingException {
    JsonNode trunks = patch.get("trunks");
    JsonNode domains = preview ? patch.get("domains") : null;
    JsonNode routes = patch.get("routes");
    if (isNothing(trunks) && isNothing(domains) && routes == null) {
      throw new SipRoutingException(
          "EmptyPatch",
          "The request must change trunks" + (preview ? ", domains" : "") + " or routes.");
    }
    SipConfiguration after =
        new SipConfiguration(
            domainsAfter(before.domains(), domains),
            trunksAfter(before.trunks(), trunks),
            routes == null ? before.routes() : routesOf(routes));
    refuseRemovalOfUsed(before, after);
    SipRules.check(after);
    return after;
  }

  private static boolean isNothing(@Nullable JsonNode part) {
    return part == null || (part.isObject() && part.isEmpty());
  }

  private static Map<String, SipDomain> domainsAfter(
      Map<String, SipDomain> before, @Nullable JsonNode change) throws SipRoutingException {
    Map<String, SipDomain> after = new LinkedHashMap<>(before);
    for (Map.Entry<String, JsonNode> entry : entriesOf(change, after, "domains")) {
      String name = entry.getKey();
      JsonNode domain = entry.getValue();
      if (domain.isNull()) {
        after.remove(name);
        continue;
      }
      SipDomain old = after.get(name);
      Boolean enabled =
          flag(domain, "enabled", old == null ? null : old.enabled(), "InvalidDomain");
      SipRules.require(
          enabled != null, "InvalidDomain", "enabled of a domain must be true or false.");
      after.put(name, new SipDomain(Boolean.TRUE.equals(enabled)));
    }
    return after;
  }

  private Map<String, SipTrunk> trunksAfter(Map<String, SipTrunk> before, @Nullable JsonNode change)
      throws SipRoutingException {
    Map<String, SipTrunk> after = new LinkedHashMap<>(before);
    for (Map.Entry<String, JsonNode> entry : entriesOf(change, after, "trunks")) {
      if (entry.getValue().isNull()) {
        after.remove(entry.getKey());
      } else {
        after.put(entry.getKey(), trunkAfter(after.get(entry.getKey()), entry.getValue()));
      }
    }
    return after;
  }

  private SipTrunk trunkAfter(@Nullable SipTrunk old, JsonNode change) throws SipRoutingException {
    SipRules.require(change.isObject(), "InvalidTrunk", "A trunk must be an object or null.");
    JsonNode port = change.get("sipSignalingPort");
    int newPort =
        port == null
            ? (old == null ? 0 : old.sipSignalingPort())
            : port.isInt() ? port.intValue() : 0;
    if (!preview) {
      return old == null
          ? new SipTrunk(newPort, true, null, null, null)
          : new SipTrunk(
              newPort,
              old.enabled(),
              old.stepOutOfSignaling(),
              old.privacyHeader(),
              old.ipAddressVersion());
    }
    Boolean enabled = flag(change, "enabled", old == null ? null : old.enabled(), "InvalidTrunk");
    return new SipTrunk(
        newPort,
        enabled == null || enabled,
        flag(
            change,
            "stepOutOfSignaling",
            old == null ? null : old.stepOutOfSignaling(),
            "InvalidTrunk"),
        text(
            change,
            "privacyHeader",
            old == null ? null : old.privacyHeader(),
            "InvalidTrunkPrivacyHeader"),
        text(
            change,
            "ipAddressVersion",
            old == null ? null : old.ipAddressVersion(),
            "InvalidTrunkIpAddressVersion"));
  }

  /** The entries of a map that is changed; null in place of the map removes them all. */
  private static List<Map.Entry<String, JsonNode>> entriesOf(
      @Nullable JsonNode change, Map<String, ?> after, String name) throws SipRoutingException {
    if (change == null) {
      return List.of();
    }
    if (change.isNull()) {
      after.clear();
      return List.of();
    }
    SipRules.require(
        change.isObject(), "InvalidConfiguration", name + " must be an object or null.");
    return List.copyOf(change.properties());
  }

  private List<SipRoute> routesOf(JsonNode routes) throws SipRoutingException {
    List<SipRoute> read = new ArrayList<>();
    if (routes.isNull()) {
      return read;
    }
    SipRules.require(routes.isArray(), "InvalidConfiguration", "routes must be an array or null.");
    for (JsonNode route : routes) {
      SipRules.require(route.isObject(), "InvalidRoute", "A route must be an object.");
      String name = text(route, "name", null, "InvalidRouteName");
      String pattern = text(route, "numberPattern", null, "InvalidRouteNumberPattern");
      read.add(
          new SipRoute(
              name == null ? "" : name,
              text(route, "description", null, "InvalidRouteDescription"),
              pattern == null ? "" : pattern,
              trunksOf(route.get("trunks")),
              preview
                  ? text(route, "callerIdOverride", null, "InvalidRouteCallerIdOverride")
                  : null));
    }
    return read;
  }

  private static List<String> trunksOf(@Nullable JsonNode trunks) throws SipRoutingException {
    List<String> names = new ArrayList<>();
    if (trunks == null || trunks.isNull()) {
      return names;
    }
    SipRules.require(
        trunks.isArray(), "InvalidRouteTrunks", "trunks of a route must be an array of names.");
    for (JsonNode trunk : trunks) {
      SipRules.require(
          trunk.isTextual(), "InvalidRouteTrunks", "trunks of a route must be an array of names.");
      names.add(trunk.textValue());
    }
    return names;
  }

  private static @Nullable Boolean flag(
      JsonNode object, String field, @Nullable Boolean old, String code)
      throws SipRoutingException {
    JsonNode value = object.get(field);
    if (value == null) {
      return old;
    }
    SipRules.require(value.isBoolean() || value.isNull(), code, field + " must be true or false.");
    return value.isNull() ? null : value.booleanValue();
  }

  private static @Nullable String text(
      JsonNode object, String field, @Nullable String old, String code) throws SipRoutingException {
    JsonNode value = object.get(field);
    if (value == null) {
      return old;
    }
    SipRules.require(value.isTextual() || value.isNull(), code, field + " must be a text.");
    return value.isNull() ? null : value.textValue();
  }

  /** Says what is in use, where the rules alone would say that something unknown is used. */
  private static void refuseRemovalOfUsed(SipConfiguration before, SipConfiguration after)
      throws SipRoutingException {
    for (SipRoute route : after.routes()) {
      for (String trunk : route.trunks()) {
        SipRules.require(
            !before.trunks().containsKey(trunk) || after.trunks().containsKey(trunk),
            "TrunkUsedInRoute",
            "Trunk '" + trunk + "' is used by route '" + SipRules.shown(route.name()) + "'.");
      }
    }
    for (String domain : before.domains().keySet()) {
      String suffix = "." + domain.toLowerCase(Locale.ROOT);
      boolean used =
          after.trunks().keySet().stream()
              .anyMatch(trunk -> ("." + trunk.toLowerCase(Locale.ROOT)).endsWith(suffix));
      SipRules.require(
          !used || after.domains().containsKey(domain),
          "DomainUsedByTrunk",
          "Domain '" + domain + "' has trunks.");
    }
  }
}
