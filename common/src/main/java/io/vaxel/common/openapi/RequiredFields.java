package io.vaxel.common.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Says in a schema which fields are always there: the components that are not {@code @Nullable}.
 */
final class RequiredFields {
  private RequiredFields() {}

  static void mark(Schema<?> schema, @Nullable Class<?> type) {
    if (type == null || !type.isRecord() || schema.getProperties() == null) {
      return;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      String name = jsonName(component);
      if (!isNullable(component)
          && schema.getProperties().containsKey(name)
          && (schema.getRequired() == null || !schema.getRequired().contains(name))) {
        schema.addRequiredItem(name);
      }
    }
  }

  private static String jsonName(RecordComponent component) {
    JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
    return renamed == null || renamed.value().isEmpty() ? component.getName() : renamed.value();
  }

  private static boolean isNullable(RecordComponent component) {
    return Arrays.stream(component.getAnnotatedType().getAnnotations())
        .anyMatch(annotation -> annotation.annotationType().equals(Nullable.class));
  }
}
