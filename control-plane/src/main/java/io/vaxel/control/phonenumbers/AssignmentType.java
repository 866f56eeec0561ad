package io.vaxel.control.phonenumbers;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Who a number is meant for. */
public enum AssignmentType {
  PERSON("person"),
  APPLICATION("application");

  private final String wireName;

  AssignmentType(String wireName) {
    this.wireName = wireName;
  }

  /** The name in requests, answers and the database. */
  @JsonValue
  public String wireName() {
    return wireName;
  }

  /**
   * The assignment of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static AssignmentType of(String wireName) {
    for (AssignmentType type : values()) {
      if (type.wireName.equals(wireName)) {
        return type;
      }
    }
    throw new IllegalArgumentException("must be person or application");
  }
}
