package io.vaxel.control.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Bodies and values that no well-behaved client sends, for operations that a document describes.
 */
final class OddValues {
  /** As they stand in a path or query: what must be, is encoded. */
  private static final List<String> TEXTS =
      List.of(
          "x",
          "0",
          "-1",
          "99999999999999999999999999",
          "10000000000000000",
          "1.5",
          "null",
          "true",
          "%00",
          "%20",
          "%2B14255550123",
          "%2e%2e",
          "%C3%28",
          "%F0%9F%92%A9",
          "%E2%80%AE",
          "%27%20or%201=1--",
          "8:acs:a_b",
          "8%3Aacs%3Aa_b",
          "00000000-0000-0000-0000-000000000000",
          "2026-11-23T12:00:00Z",
          "{}",
          "a".repeat(3_000));

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e400",
          "-99999999999999999999",
          "12345678901234567890123456789012345678901234567890",
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"60\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u202e\"",
          "\"+99999-01-01T00:00:00Z\"",
          "\"2026-02-30T00:00:00Z\"",
          "[]",
          "[null]",
          "[[[]]]",
          "{}",
          "{\"\":null}",
          "{\"x\":{}}",
          "{\"8:acs:a_b\":null}",
          "\"" + "a".repeat(20_000) + "\"");

  private static final List<String> BODIES =
      List.of(
          "",
          " ",
          "{",
          "}",
          "nul",
          "\u0000",
          "\ufeff{}",
          "{}{}",
          "{'a':1}",
          "{\"a\":1,}",
          "<a/>",
          "a=b",
          "[".repeat(5_000),
          "{\"a\":".repeat(100) + "1" + "}".repeat(100),
          "{\"participants\":" + "[".repeat(60) + "]".repeat(60) + "}",
          "{\"a\":\"" + "b".repeat(1_100_000) + "\"}");

  private static final int DEEPEST = 4;

  private final JsonNode types;
  private final Random random;

  /**
   * @param document the OpenAPI document whose types bodies refer to
   */
  OddValues(JsonNode document, Random random) {
    this.types = document.at("/components/schemas");
    this.random = random;
  }

  /** For a path or query, percent-encoded where needed. */
  String text() {
    return one(TEXTS).replace("{", "%7B").replace("}", "%7D");
  }

  /** A body for an operation: nonsense, or one of the right shape with odd values in it. */
  String body(JsonNode schema) {
    return random.nextInt(5) == 0 ? one(BODIES) : value(schema, 0);
  }

  private String value(JsonNode schema, int depth) {
    if (random.nextInt(4) == 0 || depth > DEEPEST) {
      return one(VALUES);
    }
    if (schema.has("$ref")) {
      String name = schema.get("$ref").asText().replaceFirst(".*/", "");
      return value(types.path(name), depth);
    }
    if (schema.has("enum")) {
      return "\""
          + schema.get("enum").get(random.nextInt(schema.get("enum").size())).asText()
          + "\"";
    }
    return switch (schema.path("type").asText("object")) {
      case "string" -> random.nextBoolean() ? "\"2026-12-01T00:00:00Z\"" : "\"voip\"";
      case "integer", "number" -> Integer.toString(random.nextInt(2_000));
      case "boolean" -> Boolean.toString(random.nextBoolean());
      case "array" -> "[" + value(schema.path("items"), depth + 1) + "]";
      default -> object(schema, depth);
    };
  }

  private String object(JsonNode schema, int depth) {
    List<String> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      if (random.nextInt(4) > 0) {
        fields.add("\"" + field.getKey() + "\":" + value(field.getValue(), depth + 1));
      }
    }
    if (schema.path("additionalProperties").isObject()) {
      fields.add("\"8:acs:a_b\":" + value(schema.get("additionalProperties"), depth + 1));
    }
    if (random.nextInt(8) == 0) {
      fields.add("\"unknown\":" + one(VALUES));
    }
    return "{" + String.join(",", fields) + "}";
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
