package io.vaxel.common.operation;

/**
 * Why an operation failed, told to the caller: no secret, nothing about the server's inside.
 *
 * @param code a name that programs compare
 * @param message a sentence for people
 */
public record OperationError(String code, String message) {
  /** The code of an operation that its caller cancelled. */
  public static final String CANCELED = "OperationCanceled";

  /** The code of an operation that the server could not do, however often it tried. */
  public static final String INTERNAL = "InternalError";
}
