package io.vaxel.common.repeat;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks REST methods that take {@code Repeatability-Request-ID} and {@code
 * Repeatability-First-Sent}. Such a method answers through {@link RepeatableAnswers}; it is on a
 * class with a resource's credential.
 */
@NameBinding
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RepeatableOperation {}
