package io.vaxel.control.phonenumbers.siprouting;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The pattern of a route, a regular expression that is looked for in a number. ACS takes those of
 * .NET, which a caller can make run for hours; this takes the part of them that runs in linear
 * time: all but back references and look-around (RE2).
 */
final class NumberPattern {
  /** Steps of the compiled pattern. Repetitions of repetitions would multiply without a bound. */
  private static final long LARGEST = 10_000;

  private final Pattern pattern;

  private NumberPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it is none, or too large
   */
  static NumberPattern parse(String text) {
    if (sizeOf(text) > LARGEST) {
      throw new IllegalArgumentException("its repetitions are too many");
    }
    try {
      return new NumberPattern(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "it is no regular expression that is supported: " + e.getDescription(), e);
    }
  }

  boolean isIn(String number) {
    return pattern.matcher(number).find();
  }

  /**
   * About how many steps a pattern has when its counted repetitions are written out. Wrong patterns
   * have some size too.
   */
  static long sizeOf(String text) {
    Deque<Long> outer = new ArrayDeque<>();
    long size = 0;
    long last = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '(' -> {
          outer.push(size);
          size = 0;
          last = 0;
        }
        case ')' -> {
          last = size + 1;
          size = last + (outer.isEmpty() ? 0 : outer.pop());
        }
        case '{' -> {
          int end = text.indexOf('}', i);
          long times = end < 0 ? 1 : largestOf(text.substring(i + 1, end));
          size += last * (times - 1);
          last *= times;
          i = end < 0 ? i : end;
        }
        case '\\' -> {
          i++;
          last = 1;
          size++;
        }
        case '*', '+', '?' -> size++;
        default -> {
          last = 1;
          size++;
        }
      }
      if (size > LARGEST) {
        return size;
      }
    }
    while (!outer.isEmpty()) {
      size += outer.pop();
    }
    return size;
  }

  /** The larger bound of a repetition such as {@code 2,5}; 1 when it is none. */
  private static long largestOf(String bounds) {
    long largest = 1;
    for (String bound : bounds.split(",", -1)) {
      if (bound.matches("[0-9]{1,4}")) {
        largest = Math.max(largest, Long.parseLong(bound));
      } else if (!bound.isEmpty()) {
        // More digits are refused by the pattern's reader.
        return 1;
      }
    }
    return largest;
  }
}
