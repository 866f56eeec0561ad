package io.vaxel.common.limit;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many requests in so much time: all at once, or spread over it.
 *
 * @param requests at least 1
 * @param per longer than nothing
 */
public record Rate(long requests, Duration per) {
  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,8})/([1-9]\\d{0,5})([smh])");

  public Rate {
    if (requests < 1 || per.isNegative() || per.isZero()) {
      throw new IllegalArgumentException("A rate is at least one request in some time");
    }
  }

  /**
   * Reads a rate as settings write it.
   *
   * @param text such as {@code 1000/30s}, {@code 200/1m} or {@code 1200/1h}
   * @throws IllegalArgumentException when it is of another form
   */
  public static Rate parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a limit is like 1000/30s, 200/1m or 1200/1h, not \"" + text + "\"");
    }
    long time = Long.parseLong(matcher.group(2));
    return new Rate(
        Long.parseLong(matcher.group(1)),
        switch (matcher.group(3)) {
          case "s" -> Duration.ofSeconds(time);
          case "m" -> Duration.ofMinutes(time);
          default -> Duration.ofHours(time);
        });
  }

  @Override
  public String toString() {
    return requests + " in " + per.toSeconds() + " seconds";
  }
}
