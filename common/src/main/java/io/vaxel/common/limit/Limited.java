package io.vaxel.common.limit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the limit of a REST method, or of all methods of a class that name none themselves. Methods
 * of one name share it: together they may be called so often, by each resource.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Limited {
  /** The key of the limit in the settings under {@code limits}, such as {@code identity-create}. */
  String value();
}
