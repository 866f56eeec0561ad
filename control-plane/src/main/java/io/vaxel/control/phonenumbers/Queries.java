package io.vaxel.control.phonenumbers;

import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads parameters of paths and queries; what cannot be read is a 400 or 404 that names it. */
final class Queries {
  /** The most items of a page, and what a page has when its caller does not say. */
  private static final int PAGE = 100;

  private static final int LONGEST_TEXT = 100;

  private Queries() {}

  /**
   * The page that a caller wants. More items than a page can have is no error: the link to the next
   * page leads to the rest.
   *
   * @param sizeName how the operation calls the size
   */
  static Page page(@Nullable String skip, @Nullable String size, String sizeName) {
    return new Page(number(skip, "skip", 0, 0), Math.min(PAGE, number(size, sizeName, PAGE, 1)));
  }

  private static int number(@Nullable String text, String name, int fallback, int lowest) {
    if (text == null || text.isEmpty()) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= lowest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, as a number out of range.
    }
    throw NumberErrors.invalid(
        name, name + " must be a whole number from " + lowest + " to 2147483647.");
  }

  /** A value of an enumeration, or null when the parameter is not given. */
  static <T> @Nullable T optional(@Nullable String text, String name, Function<String, T> reader) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw NumberErrors.invalid(name, name + " " + e.getMessage() + ".");
    }
  }

  /** What must be given. */
  static <T> T given(@Nullable T value, String name) {
    if (value == null) {
      throw NumberErrors.invalid(name, name + " must be given.");
    }
    return value;
  }

  /** A short text, empty when the parameter is not given. */
  static String text(@Nullable String text, String name) {
    if (text == null) {
      return "";
    }
    if (text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0) {
      throw NumberErrors.invalid(
          name, name + " must be a text of at most " + LONGEST_TEXT + " characters.");
    }
    return text;
  }

  /** The code of a country. */
  static String country(String code) {
    String found = Countries.find(code);
    if (found == null) {
      throw NumberErrors.countryNotFound();
    }
    return found;
  }

  /** A number in a path. */
  static String phoneNumber(String text) {
    if (!E164.isValid(text)) {
      throw NumberErrors.invalid(
          "phoneNumber", "phoneNumber must be in the form of E.164, such as +14255550123.");
    }
    return text;
  }

  /** A GUID that clients choose. */
  static UUID guid(@Nullable String text, String name) {
    try {
      UUID read = UUID.fromString(text == null ? "" : text);
      // UUID reads shorter groups too, and would answer with another text than it was given.
      if (text != null && read.toString().equals(text.toLowerCase(Locale.ROOT))) {
        return read;
      }
    } catch (IllegalArgumentException e) {
      // Answered below.
    }
    throw NumberErrors.invalid(name, name + " must be a GUID.");
  }
}
