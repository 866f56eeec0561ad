package io.vaxel.server.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size in bytes, written as a number with or without KiB, MiB or GiB.
 *
 * @param bytes at least 1
 */
public record ByteSize(long bytes) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,15}) ?(|B|KiB|MiB|GiB)");

  public ByteSize {
    if (bytes < 1) {
      throw new IllegalArgumentException("a size is at least 1 byte");
    }
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException when it is another form
   */
  public static ByteSize parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a size is like 16KiB or 4MiB, not \"" + text + "\"");
    }
    int shift =
        switch (matcher.group(2)) {
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 0;
        };
    return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift));
  }

  /** The size for what is counted by int. */
  public int intBytes() {
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(bytes + " bytes is too much; the most is 2 GiB");
    }
    return (int) bytes;
  }
}
