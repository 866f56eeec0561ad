package io.vaxel.control.phonenumbers.siprouting;

import org.jspecify.annotations.Nullable;

/**
 * How a trunk is, as ACS shows it.
 *
 * @param tls {@code unknown}, {@code ok}, {@code certExpiring} or {@code certExpired}
 * @param ping {@code unknown}, {@code ok}, {@code expired} or {@code error}
 * @param overall the sum of both
 */
public record TrunkHealth(Status tls, Status ping, Overall overall) {
  /** Nothing was heard of the trunk. */
  public static final TrunkHealth UNKNOWN =
      new TrunkHealth(new Status("unknown"), new Status("unknown"), new Overall("unknown", null));

  /** One side of it. */
  public record Status(String status) {}

  /**
   * All of it.
   *
   * @param status {@code unknown}, {@code active} or {@code inactive}
   * @param reason {@code noRecentCalls}, {@code noRecentPings} or {@code noRecentCallsAndPings}
   *     when it is inactive
   */
  public record Overall(String status, @Nullable String reason) {}
}
