package io.vaxel.control.rooms;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time in which a room may be joined, whole milliseconds, the end excluded.
 *
 * @param from its beginning; may be past
 * @param until its end, later
 */
record Validity(Instant from, Instant until) {
  /** The longest validity, and the usual one (ACS, "Rooms": 180 days). */
  static final Duration LONGEST = Duration.ofDays(180);

  /**
   * The validity of a new room: it begins now and lasts as long as it may when nothing else is
   * said.
   *
   * @throws RoomException when the end is not after the beginning, is past, or is too far from it
   */
  static Validity of(@Nullable Instant from, @Nullable Instant until, Instant now)
      throws RoomException {
    Instant begin = from == null ? now : from;
    return checked(begin, until == null ? begin.plus(LONGEST) : until, now);
  }

  /**
   * This validity with a beginning, an end or both changed; what is null stays.
   *
   * @throws RoomException as {@link #of}; an unchanged validity is never refused
   */
  Validity with(@Nullable Instant newFrom, @Nullable Instant newUntil, Instant now)
      throws RoomException {
    if (newFrom == null && newUntil == null) {
      return this;
    }
    return checked(newFrom == null ? from : newFrom, newUntil == null ? until : newUntil, now);
  }

  private static Validity checked(Instant from, Instant until, Instant now) throws RoomException {
    Instant begin = from.truncatedTo(ChronoUnit.MILLIS);
    Instant end = until.truncatedTo(ChronoUnit.MILLIS);
    if (!end.isAfter(begin)) {
      throw RoomException.invalid("validUntil", "validUntil must be later than validFrom.");
    }
    if (!end.isAfter(now)) {
      throw RoomException.invalid("validUntil", "validUntil must not be past.");
    }
    if (Duration.between(begin, end).compareTo(LONGEST) > 0) {
      throw RoomException.invalid(
          "validUntil",
          "validUntil must not be more than " + LONGEST.toDays() + " days after validFrom.");
    }
    return new Validity(begin, end);
  }
}
