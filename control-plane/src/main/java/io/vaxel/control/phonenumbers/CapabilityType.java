package io.vaxel.control.phonenumbers;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The directions in which a number carries calls, or messages. */
public enum CapabilityType {
  NONE("none", 0),
  INBOUND("inbound", 1),
  OUTBOUND("outbound", 2),
  BOTH("inbound+outbound", 3);

  private final String wireName;
  private final int bits;

  CapabilityType(String wireName, int bits) {
    this.wireName = wireName;
    this.bits = bits;
  }

  /** The name in requests and answers. */
  @JsonValue
  public String wireName() {
    return wireName;
  }

  /** The form in the database: 1 for inbound, 2 for outbound, their sum for both. */
  int bits() {
    return bits;
  }

  static CapabilityType ofBits(int bits) {
    for (CapabilityType type : values()) {
      if (type.bits == bits) {
        return type;
      }
    }
    throw new IllegalStateException("no capability " + bits);
  }

  /** Whether every direction of the other is one of this. */
  public boolean covers(CapabilityType other) {
    return (bits & other.bits) == other.bits;
  }

  /**
   * The capability of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static CapabilityType of(String wireName) {
    for (CapabilityType type : values()) {
      if (type.wireName.equals(wireName)) {
        return type;
      }
    }
    throw new IllegalArgumentException("must be none, inbound, outbound or inbound+outbound");
  }
}
