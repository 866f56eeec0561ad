package io.vaxel.common.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives successful answers without a described body the type that their Java method returns. The
 * library does so only for methods that ask for it at each answer.
 */
final class ReturnTypes {
  private final SchemaNames names;
  private final Map<String, Schema<?>> schemas;
  private final Map<String, Type> byOperation = new HashMap<>();

  /**
   * @param schemas gets the types that are met
   */
  ReturnTypes(Class<?> resource, SchemaNames names, Map<String, Schema<?>> schemas) {
    this.names = names;
    this.schemas = schemas;
    String prefix = pathOf(resource.getAnnotation(Path.class));
    for (Method method : resource.getMethods()) {
      String verb = verbOf(method);
      if (verb != null && !Response.class.equals(method.getReturnType())) {
        String path = prefix + pathOf(method.getAnnotation(Path.class));
        byOperation.put(verb + " " + path, method.getGenericReturnType());
      }
    }
  }

  /**
   * @param key method and path, as {@code GET /rooms}
   */
  void fill(Operation operation, String key) {
    Type type = byOperation.get(key);
    if (type == null || void.class.equals(type)) {
      return;
    }
    operation
        .getResponses()
        .forEach(
            (status, response) -> {
              if (status.startsWith("2")
                  && response.getContent() == null
                  && response.get$ref() == null) {
                response.setContent(
                    new Content()
                        .addMediaType("application/json", new MediaType().schema(resolve(type))));
              }
            });
  }

  private Schema<?> resolve(Type type) {
    ModelConverters converters = new ModelConverters();
    converters.addConverter(new ModelResolver(Json.mapper(), names));
    ResolvedSchema resolved =
        converters.resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
    resolved.referencedSchemas.forEach(
        (name, schema) -> {
          RequiredFields.mark(schema, names.typeOf(name));
          schemas.put(name, schema);
        });
    return resolved.schema;
  }

  private static @Nullable String verbOf(Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (verb != null) {
        return verb.value();
      }
    }
    return null;
  }

  /** The path as documents have it: patterns of parameters are left out. */
  private static String pathOf(@Nullable Path path) {
    if (path == null || path.value().equals("/")) {
      return "";
    }
    String value = path.value().replaceAll("\\{\\s*([\\w.-]+)\\s*:[^/]*\\}", "{$1}");
    return value.startsWith("/") ? value : "/" + value;
  }
}
