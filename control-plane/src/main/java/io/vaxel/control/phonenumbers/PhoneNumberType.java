package io.vaxel.control.phonenumbers;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The kinds of numbers that ACS tells apart. */
public enum PhoneNumberType {
  GEOGRAPHIC("geographic"),
  TOLL_FREE("tollFree"),
  MOBILE("mobile");

  private final String wireName;

  PhoneNumberType(String wireName) {
    this.wireName = wireName;
  }

  /** The name in requests, answers and the database. */
  @JsonValue
  public String wireName() {
    return wireName;
  }

  /**
   * The type of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static PhoneNumberType of(String wireName) {
    for (PhoneNumberType type : values()) {
      if (type.wireName.equals(wireName)) {
        return type;
      }
    }
    throw new IllegalArgumentException("must be geographic, tollFree or mobile");
  }
}
