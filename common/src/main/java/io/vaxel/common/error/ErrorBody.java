package io.vaxel.common.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every error answer: {@code {"error":{"code","message","target","details"}}}.
 *
 * @param error what went wrong
 */
public record ErrorBody(Detail error) {

  /** A body with a code and a message alone. */
  public static ErrorBody of(String code, String message) {
    return new ErrorBody(new Detail(code, message, null, List.of()));
  }

  /**
   * One error.
   *
   * @param code a name that programs compare, such as {@code ValidationError}
   * @param message a sentence for people
   * @param target the field of the request that is at fault, when there is one
   * @param details the single faults when there are several
   * @param innererror the same error more exactly, where a service documents it
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Detail(
      String code,
      String message,
      @Nullable String target,
      List<Detail> details,
      @Nullable Detail innererror) {
    public Detail {
      details = List.copyOf(details);
    }

    /** An error without an inner one. */
    public Detail(String code, String message, @Nullable String target, List<Detail> details) {
      this(code, message, target, details, null);
    }

    /** An error without details. */
    public static Detail of(String code, String message, @Nullable String target) {
      return new Detail(code, message, target, List.of());
    }
  }
}
