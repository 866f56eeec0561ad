package io.vaxel.server.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.vaxel.common.oidc.IssuerSettings;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One of the trusted OpenID Connect issuers. Unlike other settings it may leave keys out: a list
 * has no defaults in reference.yaml.
 *
 * @param settings as read
 */
public record Issuer(IssuerSettings settings) {
  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "issuer",
              "audiences",
              "jwks-uri",
              "roles-claim",
              "operator-roles",
              "data-roles",
              "resource",
              "user-audiences"));

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when a key is unknown or a value is not possible
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Issuer of(JsonNode node) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!KEYS.contains(entry.getKey())) {
        throw new IllegalArgumentException(
            "unknown setting "
                + entry.getKey()
                + " of an issuer; there is "
                + String.join(", ", KEYS));
      }
    }
    String keys = text(node, "jwks-uri", "");
    return new Issuer(
        new IssuerSettings(
            text(node, "issuer", null),
            texts(node, "audiences"),
            keys.isEmpty() ? null : URI.create(keys),
            text(node, "roles-claim", "roles"),
            texts(node, "operator-roles"),
            texts(node, "data-roles"),
            text(node, "resource", ""),
            texts(node, "user-audiences")));
  }

  private static String text(JsonNode node, String key, @Nullable String otherwise) {
    JsonNode value = node.path(key);
    if (value.isTextual()) {
      return value.asText();
    }
    if (!value.isMissingNode() || otherwise == null) {
      throw new IllegalArgumentException("an issuer needs a text as " + key);
    }
    return otherwise;
  }

  private static Set<String> texts(JsonNode node, String key) {
    Set<String> texts = new TreeSet<>();
    JsonNode value = node.path(key);
    if (!value.isMissingNode() && !value.isArray()) {
      throw new IllegalArgumentException(key + " of an issuer is a list");
    }
    for (JsonNode each : value) {
      if (!each.isTextual()) {
        throw new IllegalArgumentException(key + " of an issuer is a list of texts");
      }
      texts.add(each.asText());
    }
    return texts;
  }
}
