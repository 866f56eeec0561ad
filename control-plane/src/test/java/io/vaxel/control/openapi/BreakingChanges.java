package io.vaxel.control.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a newer OpenAPI document takes away from an older one: a path, an operation, a parameter, a
 * successful answer, a media type, a type, a field, an enum value; a type that changed; and what it
 * newly demands: a parameter or a field of a request.
 */
final class BreakingChanges {
  private final JsonNode older;
  private final JsonNode newer;
  private final List<String> found = new ArrayList<>();

  BreakingChanges(JsonNode older, JsonNode newer) {
    this.older = older;
    this.newer = newer;
  }

  List<String> find() {
    for (Map.Entry<String, JsonNode> path : older.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        JsonNode now = newer.path("paths").path(path.getKey()).path(operation.getKey());
        String name = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
        if (now.isMissingNode()) {
          found.add(name + " is gone");
        } else {
          compareOperations(name, operation.getValue(), now);
        }
      }
    }
    JsonNode types = newer.at("/components/schemas");
    older
        .at("/components/schemas")
        .properties()
        .forEach(
            type -> {
              if (types.has(type.getKey())) {
                compareSchemas(type.getKey(), type.getValue(), types.get(type.getKey()));
              } else {
                found.add("type " + type.getKey() + " is gone");
              }
            });
    return found;
  }

  private void compareOperations(String name, JsonNode before, JsonNode now) {
    Map<String, JsonNode> parameters = parameters(now);
    parameters(before)
        .forEach(
            (key, parameter) -> {
              if (parameters.containsKey(key)) {
                compareSchemas(
                    name + " " + key, parameter.path("schema"), parameters.get(key).path("schema"));
              } else {
                found.add(name + " lost parameter " + key);
              }
            });
    parameters.forEach(
        (key, parameter) -> {
          JsonNode earlier = parameters(before).get(key);
          boolean wasRequired = earlier != null && earlier.path("required").asBoolean();
          if (parameter.path("required").asBoolean() && !wasRequired) {
            found.add(name + " newly demands parameter " + key);
          }
        });
    compareContent(name + " body", before.path("requestBody"), now.path("requestBody"));
    for (Map.Entry<String, JsonNode> answer : before.path("responses").properties()) {
      JsonNode answersNow = now.path("responses").path(answer.getKey());
      if (answer.getKey().startsWith("2") && answersNow.isMissingNode()) {
        found.add(name + " no longer answers " + answer.getKey());
      }
      compareContent(name + " " + answer.getKey(), answer.getValue(), answersNow);
    }
  }

  private static Map<String, JsonNode> parameters(JsonNode operation) {
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    operation
        .path("parameters")
        .forEach(p -> byName.put(p.path("in").asText() + " " + p.path("name").asText(), p));
    return byName;
  }

  private void compareContent(String name, JsonNode before, JsonNode now) {
    for (Map.Entry<String, JsonNode> content : before.path("content").properties()) {
      JsonNode contentNow = now.path("content").path(content.getKey());
      if (contentNow.isMissingNode()) {
        found.add(name + " is no longer " + content.getKey());
      } else {
        compareSchemas(name, content.getValue().path("schema"), contentNow.path("schema"));
      }
    }
  }

  private void compareSchemas(String name, JsonNode before, JsonNode now) {
    for (String key : List.of("type", "$ref", "format")) {
      if (!before.path(key).equals(now.path(key))) {
        found.add(name + " changed from " + before.path(key) + " to " + now.path(key));
      }
    }
    Set<String> values = texts(now.path("enum"));
    texts(before.path("enum")).stream()
        .filter(value -> !values.contains(value) && !values.isEmpty())
        .forEach(value -> found.add(name + " lost the value " + value));
    Set<String> demandedBefore = texts(before.path("required"));
    texts(now.path("required")).stream()
        .filter(field -> !demandedBefore.contains(field))
        .filter(field -> before.path("properties").has(field) || isRequest(name))
        .forEach(field -> found.add(name + "." + field + " is newly required"));
    for (Map.Entry<String, JsonNode> field : before.path("properties").properties()) {
      JsonNode fieldNow = now.path("properties").path(field.getKey());
      if (fieldNow.isMissingNode()) {
        found.add(name + "." + field.getKey() + " is gone");
      } else {
        compareSchemas(name + "." + field.getKey(), field.getValue(), fieldNow);
      }
    }
    for (String nested : List.of("items", "additionalProperties")) {
      if (before.path(nested).isObject()) {
        compareSchemas(name + "[]", before.path(nested), now.path(nested));
      }
    }
  }

  /**
   * Whether some operation takes the type as its body: a new required field then breaks callers.
   */
  private boolean isRequest(String type) {
    String reference = "\"#/components/schemas/" + type + "\"";
    for (JsonNode item : newer.path("paths")) {
      for (JsonNode operation : item) {
        if (operation.path("requestBody").toString().contains(reference)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new HashSet<>();
    array.forEach(value -> texts.add(value.asText()));
    return texts;
  }
}
