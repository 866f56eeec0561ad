package io.vaxel.control.rooms;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Ids of rooms: 17 decimal digits, as ACS has them. */
final class RoomId {
  private static final Pattern FORM = Pattern.compile("\\d{17}");
  private static final long SMALLEST = 10_000_000_000_000_000L;

  private RoomId() {}

  /** A new id. Two may be equal by chance, which the table's key decides. */
  static String random(RandomGenerator random) {
    return Long.toString(random.nextLong(SMALLEST, SMALLEST * 10));
  }

  /** Whether a room could have this id. */
  static boolean isWellFormed(String id) {
    return FORM.matcher(id).matches();
  }
}
