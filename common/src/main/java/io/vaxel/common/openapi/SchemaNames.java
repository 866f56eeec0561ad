package io.vaxel.common.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names schemas after their Java types, a nested type with its outer type in front: {@code
 * IdentityBody.Id} is {@code IdentityBodyId}. By simple names alone one {@code Id} would silently
 * take the place of another.
 */
final class SchemaNames extends TypeNameResolver {
  private final Map<String, Class<?>> types = new HashMap<>();

  /** The type that was given a name. */
  @Nullable Class<?> typeOf(String name) {
    return types.get(name);
  }

  @Override
  protected String nameForClass(Class<?> type, Set<Options> options) {
    StringBuilder name = new StringBuilder(super.nameForClass(type, options));
    for (Class<?> outer = type.getEnclosingClass();
        outer != null;
        outer = outer.getEnclosingClass()) {
      name.insert(0, outer.getSimpleName());
    }
    types.put(name.toString(), type);
    return name.toString();
  }
}
