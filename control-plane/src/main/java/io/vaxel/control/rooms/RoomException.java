package io.vaxel.control.rooms;

import org.jspecify.annotations.Nullable;

/** Something that a room cannot be or do. The message goes to the caller. */
final class RoomException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final @Nullable String field;

  /** What is wrong. */
  enum Kind {
    /** The resource has no such room. */
    NOT_FOUND,
    /** A field breaks its rule. */
    INVALID,
    /** Others changed the room again and again in the meantime. */
    CONFLICT
  }

  private RoomException(Kind kind, String message, @Nullable String field) {
    // Refusing is ordinary work: no stack trace is taken.
    super(message, null, false, false);
    this.kind = kind;
    this.field = field;
  }

  static RoomException notFound() {
    return new RoomException(Kind.NOT_FOUND, "The room does not exist.", null);
  }

  /**
   * @param field as the request names it
   */
  static RoomException invalid(String field, String message) {
    return new RoomException(Kind.INVALID, message, field);
  }

  static RoomException conflict() {
    return new RoomException(
        Kind.CONFLICT, "The room is being changed by others; read it and try again.", null);
  }

  Kind kind() {
    return kind;
  }

  /** The field that is at fault, when there is one. */
  @Nullable String field() {
    return field;
  }
}
