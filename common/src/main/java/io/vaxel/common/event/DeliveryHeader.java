package io.vaxel.common.event;

/**
 * A header of every delivery, with a secret that the endpoint knows.
 *
 * @param value never logged or told to anybody but the endpoint
 */
public record DeliveryHeader(String name, String value) {
  /** Without the value. */
  @Override
  public String toString() {
    return name;
  }
}
