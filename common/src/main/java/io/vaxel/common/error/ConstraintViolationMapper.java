package io.vaxel.common.error;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Comparator;
import java.util.List;

/** Answers 400 and names every field that breaks its rule, the first by name as the target. */
final class ConstraintViolationMapper implements ExceptionMapper<ConstraintViolationException> {
  /** A request can break a rule once for each item of a list; the answer stays small. */
  private static final int MOST_DETAILS = 10;

  @Override
  public Response toResponse(ConstraintViolationException exception) {
    List<ErrorBody.Detail> faults =
        exception.getConstraintViolations().stream()
            .map(ConstraintViolationMapper::fault)
            .sorted(
                Comparator.comparing((ErrorBody.Detail fault) -> String.valueOf(fault.target()))
                    .thenComparing(ErrorBody.Detail::message))
            .limit(MOST_DETAILS)
            .toList();
    if (faults.isEmpty()) {
      return ErrorResponses.of(400, ErrorResponses.VALIDATION_ERROR, "The request is not valid.");
    }
    ErrorBody.Detail first = faults.getFirst();
    return ErrorResponses.of(
        400,
        new ErrorBody(
            new ErrorBody.Detail(
                first.code(),
                first.message(),
                first.target(),
                faults.size() > 1 ? faults : List.of())));
  }

  private static ErrorBody.Detail fault(ConstraintViolation<?> violation) {
    String target = target(violation.getPropertyPath());
    return ErrorBody.Detail.of(
        ErrorResponses.VALIDATION_ERROR, target + " " + violation.getMessage() + ".", target);
  }

  /** The field as the request names it: the path without the Java method and parameter. */
  private static String target(Path path) {
    StringBuilder target = new StringBuilder();
    for (Path.Node node : path) {
      boolean field =
          node.getKind() == ElementKind.PROPERTY || node.getKind() == ElementKind.CONTAINER_ELEMENT;
      if (!field) {
        continue;
      }
      if (node.isInIterable() && node.getIndex() != null) {
        target.append('[').append(node.getIndex()).append(']');
      }
      if (node.getKind() == ElementKind.PROPERTY) {
        if (!target.isEmpty()) {
          target.append('.');
        }
        target.append(node.getName());
      }
    }
    return target.isEmpty() ? "body" : target.toString();
  }
}
