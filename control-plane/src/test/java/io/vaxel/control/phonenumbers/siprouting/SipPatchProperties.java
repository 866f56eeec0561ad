package io.vaxel.control.phonenumbers.siprouting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Patches against RFC 7396 written down once more, as plainly as it stands there. */
class SipPatchProperties {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** MergePatch(Target, Patch) of section 2, word for word. */
  private static JsonNode mergePatch(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode result = target.isObject() ? target.deepCopy() : NODES.objectNode();
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      if (entry.getValue().isNull()) {
        result.remove(entry.getKey());
      } else {
        JsonNode old = result.path(entry.getKey());
        result.set(entry.getKey(), mergePatch(old, entry.getValue()));
      }
    }
    return result;
  }

  @Provide
  Arbitrary<List<JsonNode>> patches() {
    Arbitrary<JsonNode> trunk =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 3).map(SipPatchProperties::trunk),
            Arbitraries.of(true, false).map(enabled -> NODES.objectNode().put("enabled", enabled)),
            Arbitraries.just(NODES.nullNode()));
    Arbitrary<JsonNode> trunks =
        Arbitraries.oneOf(
            Arbitraries.maps(Arbitraries.of("a.example.com", "b.example.com", "c.test"), trunk)
                .ofMaxSize(3)
                .map(SipPatchProperties::object),
            Arbitraries.just(NODES.nullNode()));
    Arbitrary<JsonNode> domain =
        Arbitraries.oneOf(
            Arbitraries.of(true, false).map(enabled -> NODES.objectNode().put("enabled", enabled)),
            Arbitraries.just(NODES.nullNode()));
    Arbitrary<JsonNode> domains =
        Arbitraries.maps(Arbitraries.of("example.com", "test.org"), domain)
            .ofMaxSize(2)
            .map(SipPatchProperties::object);
    Arbitrary<JsonNode> routes =
        Combinators.combine(
                Arbitraries.of("x", "y"),
                Arbitraries.of("a.example.com", "b.example.com", "c.test"))
            .as(SipPatchProperties::route)
            .list()
            .ofMaxSize(3)
            .map(list -> NODES.arrayNode().addAll(list));
    Arbitrary<JsonNode> patch =
        Combinators.combine(trunks.optional(0.8), domains.optional(0.4), routes.optional(0.4))
            .as(
                (t, d, r) -> {
                  ObjectNode node = NODES.objectNode();
                  t.ifPresent(value -> node.set("trunks", value));
                  d.ifPresent(value -> node.set("domains", value));
                  r.ifPresent(value -> node.set("routes", value));
                  return node;
                });
    return patch.list().ofMinSize(1).ofMaxSize(8);
  }

  private static JsonNode trunk(int port) {
    return NODES.objectNode().put("sipSignalingPort", port);
  }

  private static JsonNode route(String name, String trunk) {
    ObjectNode route = NODES.objectNode().put("name", name).put("numberPattern", "1");
    route.putArray("trunks").add(trunk);
    return route;
  }

  private static JsonNode object(Map<String, JsonNode> fields) {
    return NODES.objectNode().setAll(fields);
  }

  /**
   * Patches that are accepted do what RFC 7396 says, and what comes of them keeps the rules; those
   * that are refused would break a rule.
   */
  @Property
  void patchesDoWhatMergePatchSays(@ForAll("patches") List<JsonNode> patches) {
    SipConfiguration configuration = SipConfiguration.EMPTY;
    JsonNode model = NODES.objectNode();
    for (JsonNode patch : patches) {
      JsonNode merged = mergePatch(model, patch);
      try {
        configuration = new SipPatch(patch, true).applyTo(configuration);
      } catch (SipRoutingException e) {
        assertTrue(isEmpty(patch) || breaksARule(model, merged), () -> e.code() + " " + patch);
        continue;
      }
      model = merged;
      assertEquals(portsOf(model), portsOf(configuration));
      assertEquals(enabledOf(model.path("domains")), domainsOf(configuration));
      assertEquals(
          namesOf(model.path("routes")),
          configuration.routes().stream().map(SipRoute::name).toList());
      assertTrue(!breaksARule(NODES.objectNode(), model), patch::toString);
    }
  }

  private static boolean isEmpty(JsonNode patch) {
    return patch.path("trunks").isEmpty()
        && !patch.path("trunks").isNull()
        && patch.path("domains").isEmpty()
        && !patch.has("routes");
  }

  /** The rules as the generated patches can break them. */
  private static boolean breaksARule(JsonNode before, JsonNode after) {
    for (JsonNode trunk : after.path("trunks")) {
      if (trunk.path("sipSignalingPort").asInt(0) < 1) {
        return true;
      }
    }
    List<String> names = namesOf(after.path("routes"));
    if (names.stream().distinct().count() < names.size()) {
      return true;
    }
    for (JsonNode route : after.path("routes")) {
      if (!after.path("trunks").has(route.at("/trunks/0").asText())) {
        return true;
      }
    }
    for (Map.Entry<String, JsonNode> domain : before.path("domains").properties()) {
      for (Map.Entry<String, JsonNode> trunk : after.path("trunks").properties()) {
        if (trunk.getKey().endsWith("." + domain.getKey())
            && !after.path("domains").has(domain.getKey())) {
          return true;
        }
      }
    }
    return false;
  }

  private static Map<String, Integer> portsOf(JsonNode model) {
    return model.path("trunks").properties().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> entry.getValue().get("sipSignalingPort").asInt()));
  }

  private static Map<String, Integer> portsOf(SipConfiguration configuration) {
    return configuration.trunks().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sipSignalingPort()));
  }

  private static Map<String, Boolean> enabledOf(JsonNode domains) {
    return domains.properties().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> entry.getValue().get("enabled").asBoolean()));
  }

  private static Map<String, Boolean> domainsOf(SipConfiguration configuration) {
    return configuration.domains().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().enabled()));
  }

  private static List<String> namesOf(JsonNode routes) {
    List<String> names = new ArrayList<>();
    routes.forEach(route -> names.add(route.get("name").asText()));
    return names;
  }
}
